package org.callclear.settlement.intake;

import java.util.EnumMap;
import java.util.Map;
import org.callclear.metrics.Counts;
import org.callclear.metrics.Meters;
import org.callclear.schemas.topics.Topic;

/**
 * Counts what intake read and what it rejected, once that is committed: what a failure undoes is read again, and must not count
 * twice. Used by intake's thread.
 */
final class IntakeCounts {
    private final Counts<Source> read;
    private final Counts<Rejection> rejected;
    private final Map<Source, Integer> pendingRead = new EnumMap<>(Source.class);
    private final Map<Rejection, Integer> pendingRejected = new EnumMap<>(Rejection.class);

    private enum Source {
        CDRS,
        COMMANDS
    }

    /** The reasons that stand in a rejected record. */
    private enum Rejection {
        UNREADABLE,
        WRONG_TYPE,
        INVALID_FIELD,
        TOO_OLD,
        OTHER;

        static Rejection of(String reason) {
            for (Rejection one : values()) {
                if (one.name().equals(reason)) {
                    return one;
                }
            }
            return OTHER;
        }
    }

    IntakeCounts(Meters meters) {
        this.read = meters.counts("settlement.intake.records", "records taken in", "topic", Source.class);
        this.rejected = meters.counts(
                "settlement.intake.rejected", "reports and commands rejected, by reason", "reason", Rejection.class);
    }

    /** A batch begins; what another had read before it was undone is forgotten. */
    void begin() {
        pendingRead.clear();
        pendingRejected.clear();
    }

    void read(String topic) {
        Source source = topic.equals(Topic.COMMANDS.topic()) ? Source.COMMANDS : Source.CDRS;
        pendingRead.merge(source, 1, Integer::sum);
    }

    void rejected(String reason) {
        pendingRejected.merge(Rejection.of(reason), 1, Integer::sum);
    }

    void committed() {
        pendingRead.forEach(read::count);
        pendingRejected.forEach(rejected::count);
        begin();
    }
}
