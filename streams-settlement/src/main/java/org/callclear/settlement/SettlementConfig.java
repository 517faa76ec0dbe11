package org.callclear.settlement;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.stages.StoreKind;

/**
 * How settlement runs.
 *
 * @param kafka how to reach Kafka, as the party {@code settlement}
 * @param stateDirectory a directory of this instance alone; what is lost there is restored from Kafka
 * @param periodLength length of the periods of carriers without a contract
 * @param zone the time zone that those are counted in
 * @param threads stream threads, 1 to 64
 * @param commitInterval time between commits, 10 ms to 60 s: how late results are at most
 * @param stores where the files of calls are kept
 */
public record SettlementConfig(
        KafkaAccess kafka,
        Path stateDirectory,
        PeriodLength periodLength,
        ZoneId zone,
        int threads,
        Duration commitInterval,
        StoreKind stores) {
    private static final int MOST_THREADS = 64;
    /** Time between commits where nothing else is asked for. */
    public static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

    private static final Duration SHORTEST_COMMIT = Duration.ofMillis(10);
    private static final Duration LONGEST_COMMIT = Duration.ofSeconds(60);

    /** @throws IllegalArgumentException naming the field, the value and the reason */
    public SettlementConfig {
        // Z, GMT and UTC are one zone; contracts write UTC.
        zone = zone.normalized().equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : zone;
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads: " + threads + ": must be 1 to " + MOST_THREADS);
        }
        if (commitInterval.compareTo(SHORTEST_COMMIT) < 0 || commitInterval.compareTo(LONGEST_COMMIT) > 0) {
            throw new IllegalArgumentException("commitInterval: " + commitInterval + ": must be 10 ms to 60 s");
        }
    }
}
