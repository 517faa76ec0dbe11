package org.callclear.clearinghouse.limit;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operations of calls that are up and had to be forgotten: at once, then once in so long with how many there were. */
final class Crowding {
    private static final Logger LOG = LoggerFactory.getLogger(Crowding.class);
    private static final Duration QUIET = Duration.ofSeconds(10);

    private Instant saidAt = Instant.MIN;
    private long unsaid;
    private long total;

    /** A call of the carrier is up and counts no more as up. */
    void forgotten(String carrier, Instant now) {
        total++;
        unsaid++;
        if (saidAt.isBefore(now.minus(QUIET))) {
            LOG.warn(
                    "more calls are up than limits can know of: a call of carrier {} was forgotten, and counts no longer as"
                            + " up ({} calls since the last such line)",
                    carrier,
                    unsaid);
            saidAt = now;
            unsaid = 0;
        }
    }

    /** How many, since the start. */
    long forgotten() {
        return total;
    }
}
