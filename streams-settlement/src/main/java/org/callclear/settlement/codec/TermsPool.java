package org.callclear.settlement.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;

/**
 * Few terms stand in many records: equal bytes give the same object, which is read once and written once. Holds at most
 * so many, then begins anew; what was given out stays good. For one thread.
 */
final class TermsPool {
    private static final int MOST = 200_000;
    private static final int SCALE = 6;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Odd, with its bits well mixed: the fraction of the golden ratio. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private static final DurationRounding[] DURATION_ROUNDINGS = DurationRounding.values();
    private static final IncrementAnchor[] ANCHORS = IncrementAnchor.values();
    private static final RoundingLevel[] LEVELS = RoundingLevel.values();
    private static final RoundingRule[] RULES = RoundingRule.values();
    private static final FreeSecondsRule[] FREE_SECONDS = FreeSecondsRule.values();
    private static final PeriodLength[] LENGTHS = PeriodLength.values();

    private final Map<Slice, RateTerms> read = new HashMap<>();
    private final IdentityHashMap<RateTerms, byte[]> written = new IdentityHashMap<>();

    RateTerms read(AvroReader reader) {
        int from = reader.position();
        skip(reader);
        Slice slice = new Slice(reader.array(), from, reader.position());
        RateTerms known = read.get(slice);
        return known == null ? remember(slice) : known;
    }

    void write(RateTerms terms, AvroWriter writer) {
        byte[] known = written.get(terms);
        if (known == null) {
            AvroWriter own = new AvroWriter(160);
            writeOut(terms, own);
            known = own.toBytes();
            if (written.size() >= MOST) {
                written.clear();
            }
            written.put(terms, known);
        }
        writer.writeRaw(known);
    }

    private RateTerms remember(Slice slice) {
        byte[] own = Arrays.copyOfRange(slice.bytes(), slice.from(), slice.to());
        RateTerms terms = readIn(new AvroReader(own, 0));
        if (read.size() >= MOST) {
            read.clear();
            written.clear();
        }
        read.put(new Slice(own, 0, own.length), terms);
        return terms;
    }

    /** A stretch of bytes, compared by content. */
    @SuppressWarnings("ArrayRecordComponent") // equals and hashCode look into it
    private record Slice(byte[] bytes, int from, int to) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Slice slice && Arrays.equals(bytes, from, to, slice.bytes, slice.from, slice.to);
        }

        /**
         * Eight bytes at a time, as it is asked for with every record. Terms differ in few bytes that lie close together: each
         * must reach all bits of the hash.
         */
        @Override
        public int hashCode() {
            long hash = to - (long) from;
            int next = from;
            for (; next <= to - Long.BYTES; next += Long.BYTES) {
                hash = mixed(hash ^ (long) LONGS.get(bytes, next));
            }
            for (; next < to; next++) {
                hash = mixed(hash ^ bytes[next]);
            }
            return (int) hash;
        }

        private static long mixed(long bits) {
            long spread = bits * SPREAD;
            return spread ^ spread >>> Integer.SIZE;
        }
    }

    private static void skip(AvroReader reader) {
        reader.skipBytes();
        reader.skipLong();
        reader.skipBytes();
        reader.skipLong();
        for (int i = 0; i < 4; i++) {
            reader.skipBytes();
        }
        reader.skipLong();
        reader.skipLong();
        reader.skipBytes();
        for (int i = 0; i < 7; i++) {
            reader.skipLong();
        }
        reader.skipBytes();
        reader.skipBytes();
        for (int block = reader.readBlock(); block > 0; block = reader.readBlock()) {
            for (int i = 0; i < block; i++) {
                reader.skipLong();
                reader.skipBytes();
                reader.skipBytes();
            }
        }
        reader.skipLong();
        reader.skipBytes();
    }

    private static RateTerms readIn(AvroReader reader) {
        return new RateTerms(
                reader.readString(),
                reader.readLong(),
                reader.readString(),
                reader.readLong(),
                reader.readString(),
                reader.readString(),
                reader.readDecimal(SCALE),
                reader.readString(),
                reader.readInt(),
                reader.readInt(),
                reader.readDecimal(SCALE),
                reader.readEnum(DURATION_ROUNDINGS),
                reader.readEnum(ANCHORS),
                reader.readEnum(LEVELS),
                reader.readEnum(RULES),
                reader.readInt(),
                reader.readInt(),
                reader.readEnum(FREE_SECONDS),
                reader.readDecimal(SCALE),
                reader.readDecimal(SCALE),
                readChanges(reader),
                reader.readEnum(LENGTHS),
                reader.readString());
    }

    private static List<RateChange> readChanges(AvroReader reader) {
        List<RateChange> changes = new ArrayList<>(0);
        for (int block = reader.readBlock(); block > 0; block = reader.readBlock()) {
            for (int i = 0; i < block; i++) {
                changes.add(new RateChange(reader.readInstant(), reader.readDecimal(SCALE), reader.readString()));
            }
        }
        return changes;
    }

    private static void writeOut(RateTerms terms, AvroWriter writer) {
        writer.writeString(terms.getContract());
        writer.writeLong(terms.getContractRevision());
        writer.writeString(terms.getDeck());
        writer.writeLong(terms.getDeckRevision());
        writer.writeString(terms.getPrefix());
        writer.writeString(terms.getDestination());
        writer.writeDecimal(terms.getRatePerMinute(), SCALE);
        writer.writeString(terms.getCurrency());
        writer.writeLong(terms.getInitialSeconds());
        writer.writeLong(terms.getIncrementSeconds());
        writer.writeDecimal(terms.getConnectFee(), SCALE);
        writer.writeEnum(terms.getDurationRounding());
        writer.writeEnum(terms.getIncrementAnchor());
        writer.writeEnum(terms.getRoundingLevel());
        writer.writeEnum(terms.getRoundingRule());
        writer.writeLong(terms.getRoundingScale());
        writer.writeLong(terms.getFreeSeconds());
        writer.writeEnum(terms.getFreeSecondsRule());
        writer.writeDecimal(terms.getMinimumCharge(), SCALE);
        writer.writeDecimal(terms.getAttemptFee(), SCALE);
        writer.writeBlock(terms.getRateChanges().size());
        for (RateChange change : terms.getRateChanges()) {
            writer.writeLong(change.getAt().toEpochMilli());
            writer.writeDecimal(change.getRatePerMinute(), SCALE);
            writer.writeString(change.getPrefix());
        }
        writer.writeEnd(terms.getRateChanges().size());
        writer.writeEnum(terms.getPeriodLength());
        writer.writeString(terms.getPeriodZone());
    }
}
