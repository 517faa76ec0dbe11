package org.callclear.settlement.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;
import org.jspecify.annotations.Nullable;

/**
 * Few terms stand in many records: equal bytes give the same object, which is read once and written once. Holds at most
 * so many, then begins anew; what was given out stays good. For one thread.
 */
final class TermsPool {
    private static final int MOST = 200_000;

    private static final int FEWEST_PLACES = 1 << 10;
    private static final int SCALE = 6;
    private static final BigDecimal NO_FEE = BigDecimal.valueOf(0, SCALE);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Odd, with its bits well mixed: the fraction of the golden ratio. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private static final DurationRounding[] DURATION_ROUNDINGS = DurationRounding.values();
    private static final IncrementAnchor[] ANCHORS = IncrementAnchor.values();
    private static final RoundingLevel[] LEVELS = RoundingLevel.values();
    private static final RoundingRule[] RULES = RoundingRule.values();
    private static final FreeSecondsRule[] FREE_SECONDS = FreeSecondsRule.values();
    private static final PeriodLength[] LENGTHS = PeriodLength.values();

    private final NamePool names;
    /** By the hash of how their binary begins; the next free place where that is taken. Never more than half full. */
    private @Nullable PooledTerms[] read = new @Nullable PooledTerms[FEWEST_PLACES];

    private int size;
    /** Of terms that others have read. */
    private final IdentityHashMap<RateTerms, byte[]> written = new IdentityHashMap<>();

    /** @param names for what stands in many terms */
    TermsPool(NamePool names) {
        this.names = names;
    }

    /** Where known terms begin with what is there, they end where it ends: Avro's binary says by itself how long it is. */
    RateTerms read(AvroReader reader) {
        int from = reader.position();
        byte[] bytes = reader.array();
        skipNames(reader);
        int hash = hash(bytes, from, reader.position());
        int place = hash & read.length - 1;
        for (PooledTerms known = read[place]; known != null; known = read[place]) {
            if (known.hash() == hash && known.standsAt(bytes, from)) {
                reader.moveTo(from + known.length());
                return known;
            }
            place = place + 1 & read.length - 1;
        }
        skipRest(reader);
        return remember(Arrays.copyOfRange(bytes, from, reader.position()), hash);
    }

    void write(RateTerms terms, AvroWriter writer) {
        writer.writeRaw(terms instanceof PooledTerms pooled ? pooled.binary() : binary(terms));
    }

    private byte[] binary(RateTerms terms) {
        byte[] known = written.get(terms);
        if (known == null) {
            known = writtenOut(terms);
            if (written.size() >= MOST) {
                written.clear();
            }
            written.put(terms, known);
        }
        return known;
    }

    private RateTerms remember(byte[] binary, int hash) {
        RateTerms plain = readIn(new AvroReader(binary, 0));
        PooledTerms terms = new PooledTerms(plain, binary, hash, writtenOut(plain));
        if (size >= MOST) {
            read = new @Nullable PooledTerms[FEWEST_PLACES];
            size = 0;
        } else if (size >= read.length / 2) {
            spread();
        }
        put(terms);
        size++;
        return terms;
    }

    private void spread() {
        @Nullable PooledTerms[] before = read;
        read = new @Nullable PooledTerms[before.length * 2];
        for (PooledTerms terms : before) {
            if (terms != null) {
                put(terms);
            }
        }
    }

    private void put(PooledTerms terms) {
        int place = terms.hash() & read.length - 1;
        while (read[place] != null) {
            place = place + 1 & read.length - 1;
        }
        read[place] = terms;
    }

    /**
     * Eight bytes at a time, as it is asked for with every record. Terms differ in few bytes that lie close together: each
     * must reach all bits of the hash.
     */
    private static int hash(byte[] bytes, int from, int to) {
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

    /** The contract, the deck, the row and the rate: few terms are alike in all of them and no others. */
    private static void skipNames(AvroReader reader) {
        reader.skipBytes();
        reader.skipLong();
        reader.skipBytes();
        reader.skipLong();
        for (int i = 0; i < 3; i++) {
            reader.skipBytes();
        }
    }

    private static void skipRest(AvroReader reader) {
        reader.skipBytes();
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

    /** What stands in many terms is one object: it is more likely to be in the processor's cache. */
    private RateTerms readIn(AvroReader reader) {
        return new RateTerms(
                reader.readName(names),
                reader.readLong(),
                reader.readName(names),
                reader.readLong(),
                reader.readString(),
                reader.readName(names),
                reader.readDecimal(SCALE),
                reader.readName(names),
                reader.readInt(),
                reader.readInt(),
                readFee(reader),
                reader.readEnum(DURATION_ROUNDINGS),
                reader.readEnum(ANCHORS),
                reader.readEnum(LEVELS),
                reader.readEnum(RULES),
                reader.readInt(),
                reader.readInt(),
                reader.readEnum(FREE_SECONDS),
                readFee(reader),
                readFee(reader),
                readChanges(reader),
                reader.readEnum(LENGTHS),
                reader.readName(names));
    }

    private static BigDecimal readFee(AvroReader reader) {
        BigDecimal fee = reader.readDecimal(SCALE);
        return fee.signum() == 0 ? NO_FEE : fee;
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

    private static byte[] writtenOut(RateTerms terms) {
        AvroWriter own = new AvroWriter(160);
        writeOut(terms, own);
        return own.toBytes();
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
