package org.callclear.settlement.stages;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.schemas.avro.LineSums;
import org.callclear.schemas.avro.PairTotal;

/** Brings the totals of a carrier, and of a pair, to one partition, and a period's marker to every one. */
public final class TotalsPartitioner implements StreamPartitioner<String, SpecificRecord> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, SpecificRecord value, int partitions) {
        return Optional.of(
                value instanceof CalendarMarker
                        ? IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet())
                        : Set.of(home(key, partitions)));
    }

    /** The key that a total goes by: its carrier, or its pair. */
    static String keyOf(SpecificRecord total) {
        return switch (total) {
            case LineSums sums -> sums.getLine().getCarrier();
            case PairTotal pair -> pair.getOriginatingCarrier() + ">" + pair.getTerminatingCarrier();
            default -> throw new IllegalArgumentException("not a total: " + total.getSchema());
        };
    }

    /** Where a key's totals come together. String.hashCode is fixed by the Java language's library specification. */
    static int home(String key, int partitions) {
        return Math.floorMod(key.hashCode(), partitions);
    }
}
