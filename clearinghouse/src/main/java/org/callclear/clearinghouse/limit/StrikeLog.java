package org.callclear.clearinghouse.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operations of limits that were struck: at once, then for each limit and carrier once in so long with how many there
 * were since. Counts all of them. Safe for many threads.
 */
public final class StrikeLog {
    private static final Logger LOG = LoggerFactory.getLogger(StrikeLog.class);
    private static final Duration QUIET = Duration.ofSeconds(10);
    /** More limits than anybody has: beyond it only the log line tells. */
    private static final int MOST = 100_000;

    private final Map<String, Line> lines = new TreeMap<>();
    private long warnings;

    private static final class Line {
        private Instant saidAt = Instant.MIN;
        private long unsaid;
        private long total;
    }

    /** A call was refused, or let go on though it is beyond a limit. */
    public synchronized void struck(Strike strike, boolean refused, Instant now) {
        String name = strike.rule().key() + " " + strike.carrier() + " " + strike.reason();
        Line line = lines.get(name);
        if (line == null) {
            line = new Line();
            if (lines.size() < MOST) {
                lines.put(name, line);
            }
        }
        line.total++;
        warnings += refused ? 0 : 1;
        line.unsaid++;
        if (line.saidAt.isBefore(now.minus(QUIET))) {
            LOG.warn(
                    "{}: {} ({} since the last such line)",
                    refused ? "refused" : "beyond",
                    strike.detail(),
                    line.unsaid);
            line.saidAt = now;
            line.unsaid = 0;
        }
    }

    /** How many times a call was let go on beyond a limit that only warns. */
    public synchronized long warnings() {
        return warnings;
    }

    /** How often each limit was struck since the start: {@code carrier/prefix carrier REASON}. */
    public synchronized Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        lines.forEach((name, line) -> counts.put(name, line.total));
        return counts;
    }
}
