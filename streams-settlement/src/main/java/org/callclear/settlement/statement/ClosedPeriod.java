package org.callclear.settlement.statement;

import java.util.Comparator;
import java.util.List;
import org.callclear.schemas.avro.PeriodMarker;

/**
 * What a statement covers: a stretch of every partition of the journal.
 *
 * @param period its name
 * @param zone IANA name of its time zone
 * @param stretches one for each partition, by number
 */
public record ClosedPeriod(String period, String zone, List<Stretch> stretches) {
    /** Offsets of one partition: from inclusive, to exclusive. */
    public record Stretch(int partition, long from, long to) {}

    /** The period whose markers are all there. */
    public static ClosedPeriod of(List<PeriodMarker> markers) {
        List<Stretch> stretches = markers.stream()
                .map(m -> new Stretch(m.getSourcePartition(), m.getFromOffset(), m.getToOffset()))
                .sorted(Comparator.comparingInt(Stretch::partition))
                .toList();
        PeriodMarker any = markers.get(0);
        return new ClosedPeriod(any.getPeriod(), any.getZone(), stretches);
    }
}
