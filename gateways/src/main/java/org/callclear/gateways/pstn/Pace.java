package org.callclear.gateways.pstn;

import java.time.Duration;

/**
 * How long things take in the simulated network.
 *
 * @param ringing from the provisional response to the answer
 * @param talking from the answer to the hang-up of a subscriber that hangs up by itself
 */
public record Pace(Duration ringing, Duration talking) {
    /** A fifth of a second of ringing, a second of talk. */
    public static final Pace USUAL = new Pace(Duration.ofMillis(200), Duration.ofSeconds(1));

    /** @throws IllegalArgumentException when a time is negative */
    public Pace {
        if (ringing.isNegative() || talking.isNegative()) {
            throw new IllegalArgumentException(
                    "ringing " + ringing + ", talking " + talking + ": must not be negative");
        }
    }
}
