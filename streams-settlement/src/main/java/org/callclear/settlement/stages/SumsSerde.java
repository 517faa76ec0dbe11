package org.callclear.settlement.stages;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.callclear.settlement.totals.Sums;
import org.callclear.settlement.totals.Tally;

/**
 * Pages of sums in a store: a mark, then for each line that is there its place on the page, three longs, and two whole numbers of any length with
 * their lengths. Written for every page that changed before each commit, so it is kept plain. Without the mark it is what earlier releases kept: the
 * sums of one line.
 */
final class SumsSerde implements Serde<TallyPage> {
    /** The first byte of a single line would say that so many calls are in it: nearly 2^63. */
    private static final byte PAGE = 0x50;
    /** Where earlier releases look for a length: they fail on one below zero, and do not take a page for the sums of a line. */
    private static final int REFUSED = 3 * Long.BYTES;

    private static final int HEAD = REFUSED + 1;
    private static final int LINE = 48;

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
    public Serializer<TallyPage> serializer() {
        return (topic, page) -> page == null ? null : bytes(page);
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
    public Deserializer<TallyPage> deserializer() {
        return (topic, bytes) -> bytes == null ? null : page(ByteBuffer.wrap(bytes));
    }

    private static byte[] bytes(TallyPage page) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEAD + TallyPage.LINES * LINE);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(PAGE);
            out.write(new byte[REFUSED - 1]);
            out.writeByte(Byte.MIN_VALUE);
            for (int place = 0; place < TallyPage.LINES; place++) {
                Tally tally = page.get(place);
                if (tally != null) {
                    out.writeByte(place);
                    write(tally.sums(), out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Sums sums, DataOutputStream out) throws IOException {
        out.writeLong(sums.calls());
        out.writeLong(sums.seconds());
        out.writeLong(sums.billedSeconds());
        write(sums.exact(), out);
        write(sums.posted(), out);
    }

    private static void write(BigInteger number, DataOutputStream out) throws IOException {
        byte[] bytes = number.toByteArray();
        out.writeByte(bytes.length);
        out.write(bytes);
    }

    private static TallyPage page(ByteBuffer from) {
        TallyPage page = new TallyPage();
        if (from.get(0) != PAGE) {
            page.set(0, single(from));
            return page;
        }
        from.position(HEAD);
        while (from.hasRemaining()) {
            page.set(
                    from.get(),
                    Tally.of(new Sums(from.getLong(), from.getLong(), from.getLong(), number(from), number(from))));
        }
        return page;
    }

    private static Tally single(ByteBuffer from) {
        return Tally.of(new Sums(
                from.getLong(),
                from.getLong(),
                from.getLong(),
                number(from),
                new BigInteger(rest(from, from.remaining()))));
    }

    private static BigInteger number(ByteBuffer from) {
        return new BigInteger(rest(from, from.get() & 0xff));
    }

    private static byte[] rest(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}
