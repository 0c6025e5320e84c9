package dev.smartrouter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Bytes are one JSON object, whose texts read the same when written again, or they are refused with a 400. */
class JsonBodyFuzzTest {
    private static final ObjectMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @FuzzTest
    void isReadOrRefused(byte[] bytes) throws JsonProcessingException {
        try {
            var body = JsonBody.parse(bytes);
            var scalars = body.scalars();
            var again = JsonBody.parse(ASCII.writeValueAsBytes(scalars));
            assertThat(again.scalars()).isEqualTo(scalars);
            assertThat(Labels.isLabel(body.remark("reason"))).isTrue();
            assertThat(Labels.isLabel(body.label("flow"))).isTrue();
            assertThat(body.require("call_sid")).isNotEmpty();
        } catch (Refusal e) {
            assertThat(e.getResponse().getStatus()).isEqualTo(400);
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(200).doesNotContain("\n");
        }
    }
}
