package dev.smartrouter.provider;

import com.plivo.api.util.Utils;
import com.twilio.security.RequestValidator;
import java.util.Map;

/** The providers' own SDKs, which sign as they would check. */
final class Sdk {
    private Sdk() {}

    /** What Twilio's checks a signature against; it has no other way to sign. */
    static String twilio(String token, String url, Map<String, String> form) {
        try {
            var sign = RequestValidator.class.getDeclaredMethod("getValidationSignature", String.class, Map.class);
            sign.setAccessible(true);
            return (String) sign.invoke(new RequestValidator(token), url, form);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Twilio's SDK is another", e);
        }
    }

    static String plivo(String token, String nonce, String method, String url, Map<String, String> form) {
        try {
            return Utils.computeSignatureV3(url, nonce, token, method, form);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
