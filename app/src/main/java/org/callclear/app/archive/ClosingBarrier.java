package org.callclear.app.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.callclear.app.archive.Manifest.Share;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.settlement.period.JournalStandings;
import org.callclear.settlement.period.Period;
import org.jspecify.annotations.Nullable;

/** Watches for the barrier that closes a period: it must be the last record of each partition of the journal, and the only one. */
final class ClosingBarrier {
    private final Period period;
    private final Share share;
    private final int partitions;
    private @Nullable PeriodBarrier found;
    private long at = -1;
    private String fault = "";

    /** @param partitions of the journal in the archive */
    ClosingBarrier(Period period, Share share, int partitions) {
        this.period = period;
        this.share = share;
        this.partitions = partitions;
    }

    void see(Kept record) {
        IndexedRecord value = record.value();
        if (value == null || !value.getSchema().getFullName().equals(PeriodBarrier.class.getName())) {
            return;
        }
        try {
            PeriodBarrier barrier = barrier(value);
            closes(barrier, record.offset());
        } catch (IOException | RuntimeException e) {
            fault = share.place() + ": offset " + record.offset() + " is no barrier: " + e.getMessage();
        }
    }

    private void closes(PeriodBarrier barrier, long offset) {
        Optional<Period> closed = JournalStandings.closed(barrier)
                .filter(other -> other.calendar().equals(period.calendar()));
        if (closed.isEmpty()) {
            return;
        }
        if (found != null || !closed.get().equals(period)) {
            fault = share.place() + ": at offset " + offset + " the journal closes " + closed.get()
                    + ", which does not belong there";
        }
        found = barrier;
        at = offset;
    }

    private static PeriodBarrier barrier(IndexedRecord value) throws IOException {
        Schema schema = value.getSchema();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<IndexedRecord>(schema, new GenericData()).write(value, encoder);
        encoder.flush();
        return new SpecificDatumReader<PeriodBarrier>(schema, PeriodBarrier.getClassSchema())
                .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
    }

    /** What is wrong after the last record; empty when nothing is. */
    Optional<String> fault() {
        if (!fault.isEmpty()) {
            return Optional.of(fault);
        }
        if (found == null || at != share.to() - 1) {
            return Optional.of(share.place() + ": should end at offset " + (share.to() - 1)
                    + " with the barrier that closes " + period
                    + (found == null ? ", which is not in it" : ", which stands at offset " + at));
        }
        // Barriers of the first versions do not say how many there are.
        int all = found.getPartitions();
        return all == 0 || all == partitions
                ? Optional.empty()
                : Optional.of(share.place() + ": the barrier that closes " + period + " stands in " + all
                        + " partitions; the archive has " + partitions + " of the journal");
    }
}
