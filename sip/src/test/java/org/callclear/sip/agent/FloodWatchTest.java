package org.callclear.sip.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.callclear.sip.transport.Shut;
import org.junit.jupiter.api.Test;

class FloodWatchTest {
    private final Tally tally = new Tally();

    @Test
    void answersToStrangersAloneAreNoFlood() {
        tally.stateless.increment();

        assertThat(FloodWatch.line(tally.floods())).isEmpty();
    }

    @Test
    void aMinuteInWhichSomethingWasTurnedAwayIsSaidOnceWithWhatWasNew() {
        tally.shed.add(1_000);
        SipCounters.Floods earlier = tally.floods();
        assertThat(FloodWatch.line(tally.floods().since(earlier))).isEmpty();
        tally.shed.add(7);
        tally.shut(Shut.SLOW);
        tally.shut(Shut.SLOW);
        tally.shut(Shut.HANDSHAKE);

        assertThat(FloodWatch.line(tally.floods().since(earlier)))
                .hasValueSatisfying(said -> assertThat(said)
                        .contains(" 7 requests shed", " 1 failed in their handshake", " 2 closed as slow"));
    }
}
