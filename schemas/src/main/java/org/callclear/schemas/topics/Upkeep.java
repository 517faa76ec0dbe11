package org.callclear.schemas.topics;

import java.time.Duration;
import java.util.Map;

/**
 * How long a topic keeps its records.
 *
 * @param compacted whether only the latest record of a key is kept
 * @param retention how long records are kept; negative for ever; without meaning when compacted
 */
public record Upkeep(boolean compacted, Duration retention) {
    /** The latest of each key. */
    public static final Upkeep COMPACTED = new Upkeep(true, Duration.ofMillis(-1));

    /** All, for ever. */
    public static final Upkeep FOREVER = new Upkeep(false, Duration.ofMillis(-1));

    /** All, for so many days. */
    public static Upkeep days(int days) {
        return new Upkeep(false, Duration.ofDays(days));
    }

    /** Kafka's topic configuration for it. */
    public Map<String, String> config() {
        return compacted
                ? Map.of("cleanup.policy", "compact")
                : Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        Long.toString(retention.isNegative() ? -1 : retention.toMillis()));
    }
}
