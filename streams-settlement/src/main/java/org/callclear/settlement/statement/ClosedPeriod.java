package org.callclear.settlement.statement;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.settlement.period.Period;

/**
 * What a statement covers: a stretch of every partition of the journal.
 *
 * @param period the period
 * @param stretches one for each partition, by number
 * @param salt what the lines of its calls are salted with; empty where a barrier of an earlier release has none
 */
public record ClosedPeriod(Period period, List<Stretch> stretches, ByteBuffer salt) {
    /** Offsets of one partition: from inclusive, to exclusive. */
    public record Stretch(int partition, long from, long to) {}

    /** The period whose markers are all there. */
    public static ClosedPeriod of(List<CalendarMarker> markers) {
        List<Stretch> stretches = markers.stream()
                .map(m -> new Stretch(m.getSourcePartition(), m.getFromOffset(), m.getToOffset()))
                .sorted(Comparator.comparingInt(Stretch::partition))
                .toList();
        CalendarMarker any = markers.get(0);
        Period period = Period.parse(any.getPeriod())
                .orElseThrow(() -> new IllegalStateException("a marker names no period: " + any.getPeriod()));
        return new ClosedPeriod(period, stretches, any.getSalt());
    }
}
