package dev.smartrouter.simulator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusReportTest {
    @ParameterizedTest
    @CsvSource({
        "twilio, CallSid=CA1&CallStatus=completed, completed, true",
        "twilio, CallStatus=no-answer&From=%2B1&CallSid=CA1, no-answer, true",
        "twilio, CallSid=CA1&CallStatus=in-progress, in-progress, false",
        "plivo, CallUUID=CA1&CallStatus=timeout, timeout, true",
        "plivo, CallUUID=CA1&CallStatus=ringing, ringing, false",
        "exotel, CallSid=CA1&Status=busy, busy, true",
    })
    void saysWhetherTheCallIsOver(String provider, String form, String status, boolean over) {
        assertThat(StatusReport.read(provider, form)).contains(new StatusReport("CA1", status, over));
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, CallSid=CA1&CallStatus=completed",
        "twilio, CallUUID=CA1&CallStatus=completed",
        "plivo, CallUUID=CA1",
        "exotel, CallSid=CA1&CallStatus=completed",
        "exotel, ''",
        "exotel, CallSid=%&Status=busy",
        "exotel, =&=&&",
    })
    void withoutACallOrAStatusItSaysNothing(String provider, String form) {
        assertThat(StatusReport.read(provider, form)).isEmpty();
    }
}
