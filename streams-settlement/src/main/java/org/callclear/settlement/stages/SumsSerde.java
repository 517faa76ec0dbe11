package org.callclear.settlement.stages;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.callclear.settlement.totals.Sums;
import org.callclear.settlement.totals.Tally;

/** Sums in a store: three longs, and two whole numbers of any length. Written for every line that changed before each commit, so it is kept plain. */
final class SumsSerde implements Serde<Tally> {
    private static final int FIXED = 3 * Long.BYTES + 1;

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
    public Serializer<Tally> serializer() {
        return (topic, tally) -> tally == null ? null : bytes(tally.sums());
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
    public Deserializer<Tally> deserializer() {
        return (topic, bytes) -> bytes == null ? null : Tally.of(sums(bytes));
    }

    private static byte[] bytes(Sums sums) {
        byte[] exact = sums.exact().toByteArray();
        byte[] posted = sums.posted().toByteArray();
        return ByteBuffer.allocate(FIXED + exact.length + posted.length)
                .putLong(sums.calls())
                .putLong(sums.seconds())
                .putLong(sums.billedSeconds())
                .put((byte) exact.length)
                .put(exact)
                .put(posted)
                .array();
    }

    private static Sums sums(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long calls = buffer.getLong();
        long seconds = buffer.getLong();
        long billed = buffer.getLong();
        int exact = buffer.get();
        return new Sums(
                calls,
                seconds,
                billed,
                new BigInteger(bytes, FIXED, exact),
                new BigInteger(bytes, FIXED + exact, bytes.length - FIXED - exact));
    }
}
