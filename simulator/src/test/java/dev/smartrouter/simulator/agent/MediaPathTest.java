package dev.smartrouter.simulator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaPathTest {
    @ParameterizedTest
    @CsvSource({
        "/ws/pod/voice-agent-0/CA1, voice-agent-0, CA1",
        "/ws/pod/voice-agent-0/CA1?template=hello&x=/, voice-agent-0, CA1",
        "/ws/pod/voice%2Dagent-0/CA%311, voice-agent-0, CA11",
    })
    void leadsToAPodAndACall(String target, String pod, String sid) {
        assertThat(MediaPath.parse(target)).contains(new MediaPath(pod, sid));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/ws/pod/voice-agent-0",
                "/ws/pod/voice-agent-0/",
                "/ws/pod//CA1",
                "/ws/pod/voice-agent-0/CA1/",
                "/ws/pod/voice-agent-0/CA1/more",
                "/x/ws/pod/voice-agent-0/CA1",
                "//ws/pod/voice-agent-0/CA1",
                "/ws/pod/voice-agent-0/CA1#2",
                "/ws/pod/voice-agent-0/CA%",
                "/ws/pod/voice-agent-0/CA%2F1",
                "/ws/pod/voice agent/CA1",
                "/ws/pod/../CA1"
            })
    void anythingElseLeadsNowhere(String target) {
        assertThat(MediaPath.parse(target)).isEmpty();
    }
}
