package org.callclear.schemas.topics;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long a topic keeps its records.
 *
 * @param compacted whether only the latest record of a key is kept
 * @param retention how long records are kept; negative for ever; without meaning when compacted
 * @param largest bytes that a record may have; 0 for as many as the broker usually allows
 * @param segment zero usually. Else records are stamped and deleted by the broker's clock, whatever their writer says,
 *     and go in files that end after so long, so that what is kept is little longer than the retention; and no broker
 *     comes to lead that lacks acknowledged ones
 */
public record Upkeep(boolean compacted, Duration retention, int largest, Duration segment) {
    /** Bytes of the largest document: a statement of some 70,000 lines. */
    public static final int LARGEST_DOCUMENT = 16 << 20;

    /** The latest of each key. */
    public static final Upkeep COMPACTED = new Upkeep(true, Duration.ofMillis(-1), 0, Duration.ZERO);

    /** All, for ever. */
    public static final Upkeep FOREVER = new Upkeep(false, Duration.ofMillis(-1), 0, Duration.ZERO);

    /** All, for ever; each may be a whole document. */
    public static final Upkeep DOCUMENTS = new Upkeep(false, Duration.ofMillis(-1), LARGEST_DOCUMENT, Duration.ZERO);

    /** All, for so many days. */
    public static Upkeep days(int days) {
        return new Upkeep(false, Duration.ofDays(days), 0, Duration.ZERO);
    }

    /** All, for so long by the broker's clock and little longer. */
    public static Upkeep byBrokersClock(Duration retention, Duration segment) {
        return new Upkeep(false, retention, 0, segment);
    }

    /** Whether the broker's clock says how old a record is; else its writer's does. */
    public boolean isByBrokersClock() {
        return segment.isPositive();
    }

    /** Kafka's topic configuration for it. */
    public Map<String, String> config() {
        Map<String, String> config = new TreeMap<>();
        config.put("cleanup.policy", compacted ? "compact" : "delete");
        if (!compacted) {
            config.put("retention.ms", Long.toString(retention.isNegative() ? -1 : retention.toMillis()));
        }
        if (largest > 0) {
            config.put("max.message.bytes", Integer.toString(largest));
        }
        if (isByBrokersClock()) {
            config.put("message.timestamp.type", "LogAppendTime");
            config.put("segment.ms", Long.toString(segment.toMillis()));
            config.put("unclean.leader.election.enable", "false");
        }
        return config;
    }
}
