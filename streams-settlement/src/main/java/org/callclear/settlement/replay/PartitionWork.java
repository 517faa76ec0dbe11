package org.callclear.settlement.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.LineSums;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.settlement.proof.CallLine;
import org.callclear.settlement.stages.PartitionReplay;
import org.callclear.settlement.stages.RecordSerde;

/** Folds one partition of the journal and keeps what one carrier's statement needs of it. */
final class PartitionWork implements Callable<PartitionWork>, PartitionReplay.Taker, JournalLog.Reader {
    private static final int RECORDS_BETWEEN_WORDS = 10_000;

    private final JournalLog log;
    private final int partition;
    private final Wanted wanted;
    private final Lines lines;
    private final Change change;
    private final Watcher watcher;
    private final PartitionReplay replay;
    private final List<PeriodEnd> ends = new ArrayList<>();
    private List<LineSums> ofNextEnd = new ArrayList<>();
    private long records;

    /** What takes the lines of the wanted carrier's calls in the wanted period. */
    interface Lines {
        void take(CallLine line, int partition, long offset);
    }

    PartitionWork(
            JournalLog log,
            int partition,
            Wanted wanted,
            Duration oneSidedDelay,
            Change change,
            Lines lines,
            Watcher watcher) {
        this.log = log;
        this.partition = partition;
        this.wanted = wanted;
        this.lines = lines;
        this.change = change;
        this.watcher = watcher;
        this.replay = new PartitionReplay(partition, RecordSerde.of(MemoryRegistry.open()), oneSidedDelay, this);
    }

    @Override
    public PartitionWork call() throws IOException {
        long begin = log.begin(partition);
        if (begin > 0) {
            throw new ReplayException("settlement-journal partition " + partition + " begins at offset " + begin
                    + ": retention has taken what stood before, and a statement follows from all of it;"
                    + " replay from an archive");
        }
        log.read(partition, begin, wanted.ends().get(partition) + 1, this);
        watcher.at(partition, wanted.ends().get(partition) + 1);
        return this;
    }

    @Override
    public void take(long offset, long timestamp, SpecificRecord record) {
        try {
            replay.take(offset, timestamp, change.of(record));
        } catch (RuntimeException e) {
            throw new ReplayException(
                    "settlement-journal partition " + partition + " offset " + offset + ": " + e.getMessage(), e);
        }
        if (++records % RECORDS_BETWEEN_WORDS == 0) {
            watcher.at(partition, offset);
        }
    }

    @Override
    public void entry(LedgerEntry entry, long offset) {
        CallLine.of(entry, wanted.carrier(), wanted.periods()).ifPresent(line -> lines.take(line, partition, offset));
    }

    @Override
    public void line(LineSums sums) {
        if (sums.getLine().getCarrier().equals(wanted.carrier())) {
            ofNextEnd.add(sums);
        }
    }

    @Override
    public void ended(CalendarMarker marker) {
        ends.add(new PeriodEnd(marker, ofNextEnd));
        ofNextEnd = new ArrayList<>();
    }

    int partition() {
        return partition;
    }

    /** The periods that ended, in the order in which they did. */
    List<PeriodEnd> ends() {
        return ends;
    }

    long records() {
        return records;
    }
}
