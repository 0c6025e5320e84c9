package dev.smartrouter.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(DropwizardExtensionsSupport.class)
class StatusCallbackTest {
    private final ProviderFixture router = new ProviderFixture();

    @SuppressWarnings("unused") // the extension finds it
    private final ResourceExtension server = router.server;

    StatusCallbackTest() {
        router.router.pools.pod("pool:gold", "voice-agent-0");
    }

    @ParameterizedTest
    @CsvSource({
        "twilio, CallSid=CA1&CallStatus=completed, released",
        "twilio, CallSid=CA1&CallStatus=busy, released",
        "twilio, CallSid=CA1&CallStatus=no-answer, released",
        "twilio, CallSid=CA1&CallStatus=failed, released",
        "twilio, CallSid=CA1&CallStatus=canceled, released",
        "twilio, CallSid=CA1&CallStatus=Completed, released",
        "twilio, CallSid=CA1&CallStatus=in-progress, confirmed",
        "twilio, CallSid=CA1&CallStatus=ringing, nothing",
        "twilio, CallSid=CA1&CallStatus=queued, nothing",
        "twilio, CallSid=CA1, nothing",
        "twilio, CallSid=CA1&StreamEvent=stream-started, confirmed",
        "twilio, CallSid=CA1&StreamEvent=stream-stopped, nothing",
        "twilio, CallSid=CA1&StreamEvent=stream-error, nothing",
        "twilio, CallSid=CA1&StreamEvent=stream-stopped&CallStatus=completed, nothing",
        "plivo, CallUUID=CA1&CallStatus=completed&HangupCause=NORMAL_CLEARING&Duration=7, released",
        "plivo, CallUUID=CA1&CallStatus=completed&Event=Hangup, released",
        "plivo, CallUUID=CA1&CallStatus=busy, released",
        "plivo, CallUUID=CA1&CallStatus=failed, released",
        "plivo, CallUUID=CA1&CallStatus=timeout, released",
        "plivo, CallUUID=CA1&CallStatus=no-answer, released",
        "plivo, CallUUID=CA1&CallStatus=cancel, released",
        "plivo, CallUUID=CA1&CallStatus=in-progress, confirmed",
        "plivo, CallUUID=CA1&Event=StartStream, confirmed",
        "plivo, CallUUID=CA1&Event=StopStream&CallStatus=in-progress, nothing",
        "plivo, CallUUID=CA1&Event=DroppedStream, nothing",
        "plivo, CallUUID=CA1&CallStatus=ringing, nothing",
        "exotel, CallSid=CA1&Status=completed, released",
        "exotel, CallSid=CA1&Status=failed, released",
        "exotel, CallSid=CA1&Status=busy, released",
        "exotel, CallSid=CA1&Status=no-answer, released",
        "exotel, CallSid=CA1&Status=in-progress, confirmed",
        "exotel, CallSid=CA1&Status=queued, nothing",
        "exotel, CallSid=CA2&Status=completed, released nothing",
        "twilio, CallSid=a%20b&CallStatus=completed, nothing",
        "twilio, CallStatus=completed, nothing",
        "twilio, %%%, nothing",
    })
    void aCallbackReleasesConfirmsOrIsIgnored(String provider, String fields, String outcome) {
        router.json("/api/v1/allocate", "{\"call_sid\":\"CA1\"}");
        router.router.events.lines.clear();
        var path = "/api/v1/" + provider + "/status";
        assertThat(router.form(path, fields).getStatus()).isEqualTo(204);
        var heard = router.router.events.lines;
        if (outcome.equals("nothing")) assertThat(heard).isEmpty();
        else assertThat(heard).hasSize(1).first().asString().startsWith(outcome);
        assertThat(router.get(path + "?" + fields.replace("%%%", "")).getStatus())
                .isEqualTo(204);
    }

    @Test
    void exotelMayPostJson() {
        router.json("/api/v1/allocate", "{\"call_sid\":\"CA1\"}");
        assertThat(router.json("/api/v1/exotel/status", "{\"CallSid\":\"CA1\",\"Status\":\"completed\"}")
                        .getStatus())
                .isEqualTo(204);
        assertThat(router.router.pools.calls).isEmpty();
    }

    @Test
    void aStoreThatIsGoneIsNothingAProviderCouldMend() {
        router.router.pools.down = true;
        assertThat(router.form("/api/v1/twilio/status", "CallSid=CA1&CallStatus=completed")
                        .getStatus())
                .isEqualTo(204);
        assertThat(router.router.events.lines).containsExactly("release lost CA1 twilio status callback");
    }
}
