package org.callclear.gateways;

import java.time.Duration;
import org.callclear.tokens.FileReplayMemory;

/**
 * How a gateway remembers which tokens were used.
 *
 * @param keptIn where
 * @param confirmWithin how long a use may take to be confirmed, 100 ms to 10 s; a set-up that waits for longer is
 *     refused. Without meaning for {@link Place#FILE}
 * @param most unexpired tokens remembered at most, 1,000 to 50,000,000; 21 to 43 bytes of memory each. When there are
 *     more, set-ups are refused until some expire
 */
public record UsedTokens(Place keptIn, Duration confirmWithin, int most) {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final int FEWEST = 1_000;
    private static final int MOST = 50_000_000;

    /** Where used tokens are kept. */
    public enum Place {
        /** In the gateway's topic, which all its instances share. */
        TOPIC,
        /** In files of this instance alone. Right only for a gateway that has one instance, on one disk. */
        FILE
    }

    /** In the topic, confirmed in 2 s, enough for 1,000 tokens a second of the longest life. */
    public static final UsedTokens USUAL =
            new UsedTokens(Place.TOPIC, Duration.ofSeconds(2), FileReplayMemory.USUAL_MOST);

    /** How long a set-up is in judgement at the longest: until its use is confirmed or not, and a second for the rest. */
    Duration judgedWithin() {
        return confirmWithin.plusSeconds(1);
    }

    /** @throws IllegalArgumentException naming the field that cannot be used, its value and why */
    public UsedTokens {
        if (confirmWithin.compareTo(SHORTEST_WAIT) < 0 || confirmWithin.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException(
                    "usedTokensConfirmWithin " + confirmWithin + ": must be " + SHORTEST_WAIT + " to " + LONGEST_WAIT);
        }
        if (most < FEWEST || most > MOST) {
            throw new IllegalArgumentException("usedTokensMost " + most + ": must be " + FEWEST + " to " + MOST);
        }
    }
}
