package org.callclear.settlement.stages;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.callclear.settlement.totals.Sums;
import org.jspecify.annotations.Nullable;

/** Sums in a store: three longs, and two whole numbers of any length. Read and written for every call, so it is kept plain. */
final class SumsSerde implements Serde<Sums> {
    private static final int FIXED = 3 * Long.BYTES + 1;

    @Override
    public Serializer<Sums> serializer() {
        return (topic, sums) -> bytes(sums);
    }

    @Override
    public Deserializer<Sums> deserializer() {
        return (topic, bytes) -> sums(bytes);
    }

    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
    private static byte[] bytes(@Nullable Sums sums) {
        if (sums == null) {
            return null;
        }
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

    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
    private static Sums sums(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
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
