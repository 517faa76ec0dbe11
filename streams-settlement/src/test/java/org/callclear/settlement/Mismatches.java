package org.callclear.settlement;

import static org.callclear.testkit.settlement.CallStory.aCall;

import java.time.Instant;
import java.util.Map;
import org.callclear.schemas.avro.Dispute;
import org.callclear.testkit.settlement.CallStory;

/** Calls that the two sides tell differently, and what is said of them. */
final class Mismatches {
    /** What 60 s at 0.012 and 0.010 a minute come to. */
    static final Map<String, String> AS_SETTLED =
            Map.of("carrier:acme", "0.012000", "carrier:zenith", "-0.010000", "clearinghouse:fee", "-0.002000");

    /** An hour after the calls, as the journal counts time: who has not reported by then is waited for no longer. */
    static final Instant ONE_O_CLOCK = Instant.parse("2026-11-23T13:00:00Z");

    private Mismatches() {}

    /** One side says 90 s, the other 60. */
    static CallStory mismatch(String name) {
        return aCall(name).talkedMillis(90_000, 60_000);
    }

    /** The latest word on a call's dispute. */
    static Dispute last(World world, CallStory call) {
        return world.disputes().stream()
                .filter(dispute -> dispute.getCallId().equals(call.callId()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
