package dev.smartrouter.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** Where callers ask for a pod and give it back, and in what words. */
final class Route {
    private static final String SID = "CA%032d".formatted(0);
    private static final String JSON =
            "{\"call_sid\":\"%s\",\"merchant_id\":\"shop-7\",\"provider\":\"twilio\",\"template\":\"order-confirmation\"}";
    private static final String FORM =
            "CallSid=%s&AccountSid=AC00000000000000000000000000000007&From=%%2B15550100&To=%%2B15550199"
                    + "&CallStatus=in-progress&Direction=outbound-api&ApiVersion=2010-04-01";

    private final byte[] ask;
    private final byte[] release;

    private Route(byte[] ask, byte[] release) {
        this.ask = ask;
        this.release = release;
    }

    /** Under this path, {@code /allocate} and {@code /release}, in JSON. */
    static Route json(String under) {
        return new Route(
                post(under + "/allocate", "application/json", JSON.formatted(SID)),
                post(
                        under + "/release",
                        "application/json",
                        "{\"call_sid\":\"%s\",\"reason\":\"completed\"}".formatted(SID)));
    }

    /** The same where no express lane is. */
    static Route jersey(String under) {
        return new Route(
                post(under + "/allocate/", "application/json", JSON.formatted(SID)),
                post(
                        under + "/release/",
                        "application/json",
                        "{\"call_sid\":\"%s\",\"reason\":\"completed\"}".formatted(SID)));
    }

    /** Twilio's webhook, and the voice agent's release. */
    static Route twilio() {
        var ask = post(
                "/api/v1/twilio/allocate?merchant_id=shop-7", "application/x-www-form-urlencoded", FORM.formatted(SID));
        return new Route(ask, json("/api/v1").release);
    }

    private static byte[] post(String path, String type, String body) {
        return "POST %s HTTP/1.1\r\nHost: router\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(path, type, body.length(), body)
                .getBytes(US_ASCII);
    }

    ByteBuffer ask(long call) {
        return numbered(ask, call);
    }

    ByteBuffer release(long call) {
        return numbered(release, call);
    }

    /** The request with the call's number in the last digits of its sid. */
    private static ByteBuffer numbered(byte[] request, long call) {
        var at = sidEnd(request);
        for (var rest = call; rest > 0; rest /= 10) request[at--] = (byte) ('0' + rest % 10);
        return ByteBuffer.wrap(request);
    }

    private static int sidEnd(byte[] request) {
        for (int i = request.length - 1; ; i--) {
            if (request[i] == 'A'
                    && request[i - 1] == 'C'
                    && (request[i - 2] == '"' || request[i - 2] == '=')
                    && Character.isDigit(request[i + 1])) {
                return i + SID.length() - 2;
            }
        }
    }
}
