package org.callclear.systemtests.oracle;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.settlement.replay.JournalLog;

/** A journal in memory, each partition a list. */
record MemoryJournal(List<List<SpecificRecord>> parts) implements JournalLog {
    @Override
    public int partitions() {
        return parts.size();
    }

    @Override
    public long begin(int partition) {
        return 0;
    }

    @Override
    public long end(int partition) {
        return parts.get(partition).size();
    }

    @Override
    public void read(int partition, long from, long to, Reader reader) {
        List<SpecificRecord> records = parts.get(partition);
        for (int i = 0; i < records.size(); i++) {
            if (i >= from && i < to) {
                reader.take(i, Journal.instant(records.get(i)).toEpochMilli(), records.get(i));
            }
        }
    }
}
