package dev.smartrouter.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Whatever comes is read, and what was read is read the same when it is written again. */
class FormFuzzTest {
    @FuzzTest
    void isReadAndReadTheSameAgain(byte[] bytes) {
        var fields = Form.read(new String(bytes, StandardCharsets.UTF_8));
        assertThat(Form.read(written(fields))).isEqualTo(fields);
    }

    private static String written(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
