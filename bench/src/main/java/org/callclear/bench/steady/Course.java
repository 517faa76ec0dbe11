package org.callclear.bench.steady;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.callclear.bench.sip.Sipp;

/**
 * All that was seen of one run.
 *
 * @param calls what came of them
 * @param begun when the calls began
 * @param part the run is looked at in parts of this length
 * @param looks from the first call to the last, in their order
 * @param missed how often nothing could be seen
 * @param log of the collector, from the first call to the last
 * @param before what was alive and on disk before the first call
 * @param after the same, after the last one was over
 * @param openInTheEnd calls that some party took for open then
 */
record Course(
        Sipp.Run calls,
        Instant begun,
        Duration part,
        List<Look> looks,
        int missed,
        GcLog log,
        Holding before,
        Holding after,
        double openInTheEnd) {
    /**
     * What is kept at one moment.
     *
     * @param topicBytes what the broker holds, by topic
     * @param cpuNanos processor time used so far
     */
    record Holding(LiveObjects heap, Map<String, Long> topicBytes, long cpuNanos) {}

    /** Everything that was seen in some part, in the order of its name. */
    List<Quantity> quantities() {
        return looks.stream()
                .filter(look -> look.at().isBefore(start(SteadyOptions.PARTS)))
                .flatMap(look -> look.values().keySet().stream())
                .distinct()
                .sorted(Comparator.comparing(Quantity::name))
                .toList();
    }

    /** The most of it that was seen in each part; not a number where it was not seen. */
    List<Double> mostByPart(Quantity quantity) {
        return IntStream.range(0, SteadyOptions.PARTS)
                .mapToObj(part -> most(quantity, part))
                .toList();
    }

    /** The most of it that was seen at all; not a number when it was never seen. */
    double most(Quantity quantity) {
        return seen(quantity).mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    /** By how much the most in the last part is more than the most in the first, of parts where it was seen. */
    double growth(Quantity quantity) {
        List<Double> most = seen(quantity).toList();
        return most.isEmpty() ? Double.NaN : most.getLast() - most.getFirst();
    }

    private Stream<Double> seen(Quantity quantity) {
        return mostByPart(quantity).stream().filter(value -> !value.isNaN());
    }

    private double most(Quantity quantity, int part) {
        return looks.stream()
                .filter(look -> !look.at().isBefore(start(part)) && look.at().isBefore(start(part + 1)))
                .flatMap(look -> Stream.ofNullable(look.values().get(quantity)))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(Double.NaN);
    }

    /** What the collector's log says of each part. */
    List<GcLog> logByPart() {
        return IntStream.range(0, SteadyOptions.PARTS)
                .mapToObj(part -> log.between(start(part), start(part + 1)))
                .toList();
    }

    private Instant start(int number) {
        return begun.plus(part.multipliedBy(number));
    }
}
