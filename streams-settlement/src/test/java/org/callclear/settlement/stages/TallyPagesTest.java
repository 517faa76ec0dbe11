package org.callclear.settlement.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.callclear.settlement.totals.Sums;
import org.callclear.settlement.totals.Tally;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TallyPagesTest {
    private final KeyValueStore<Bytes, byte[]> beneath = HeapStore.named("test").get();

    @Test
    void whatWasCommittedIsThereAgain() {
        Random random = new Random(11);
        Map<Long, Sums> expected = new TreeMap<>();
        for (int commit = 0; commit < 50; commit++) {
            WriteBehind<Long, TallyPage> store = store();
            TallyPages pages = new TallyPages(store);
            for (long number = 0; number < 100; number++) {
                assertThat(sums(pages.get(number))).as("line %d", number).isEqualTo(expected.get(number));
            }
            for (int change = 0; change < 20; change++) {
                long number = random.nextInt(100);
                if (random.nextInt(4) == 0) {
                    pages.delete(number);
                    expected.remove(number);
                } else {
                    Sums sums = any(random);
                    pages.put(number, Tally.of(sums));
                    expected.put(number, sums);
                }
            }
            store.flushCache();
        }
    }

    @Test
    void neighboursAreOneRecordAndAPageWithNothingOnItIsNone() {
        WriteBehind<Long, TallyPage> store = store();
        TallyPages pages = new TallyPages(store);
        for (long number = 0; number < 2 * TallyPage.LINES; number++) {
            pages.put(number, new Tally());
        }
        store.flushCache();
        assertThat(beneath.approximateNumEntries()).isEqualTo(2);

        for (long number = 0; number < TallyPage.LINES; number++) {
            pages.delete(number);
        }
        store.flushCache();
        assertThat(beneath.approximateNumEntries()).isEqualTo(1);
    }

    @Test
    void whatAnEarlierReleaseKeptByTheLineIsTakenOver() {
        Random random = new Random(3);
        Map<Long, Sums> kept = new TreeMap<>();
        for (long number = 1; number <= 40; number++) {
            Sums sums = any(random);
            kept.put(number, sums);
            beneath.put(Bytes.wrap(key(number)), asBefore(sums));
        }

        WriteBehind<Long, TallyPage> store = store();
        TallyPages pages = new TallyPages(store);
        kept.forEach((number, sums) -> assertThat(sums(pages.get(number))).isEqualTo(sums));
        store.flushCache();

        assertThat(beneath.approximateNumEntries()).isEqualTo(3);
        TallyPages again = new TallyPages(store());
        kept.forEach((number, sums) -> assertThat(sums(again.get(number))).isEqualTo(sums));
    }

    @Test
    void anEarlierReleaseTakesNoPageForTheSumsOfALine() {
        TallyPage page = new TallyPage();
        page.set(3, new Tally());
        byte[] written = new SumsSerde().serializer().serialize("test", page);

        assertThatThrownBy(() -> readAsBefore(written)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** The first amount, which stands behind three numbers and its length. */
    private static BigInteger readAsBefore(byte[] bytes) {
        int at = 3 * Long.BYTES;
        return new BigInteger(bytes, at + 1, bytes[at]);
    }

    private WriteBehind<Long, TallyPage> store() {
        return new WriteBehind<>(beneath, Serdes.Long(), new SumsSerde());
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static byte[] asBefore(Sums sums) {
        byte[] exact = sums.exact().toByteArray();
        byte[] posted = sums.posted().toByteArray();
        return ByteBuffer.allocate(3 * Long.BYTES + 1 + exact.length + posted.length)
                .putLong(sums.calls())
                .putLong(sums.seconds())
                .putLong(sums.billedSeconds())
                .put((byte) exact.length)
                .put(exact)
                .put(posted)
                .array();
    }

    private static @Nullable Sums sums(@Nullable Tally tally) {
        return tally == null ? null : tally.sums();
    }

    private static Sums any(Random random) {
        return new Sums(
                random.nextLong() >> 20,
                random.nextLong() >> 8,
                random.nextLong() >> 8,
                new BigInteger(random.nextInt(200), random).negate(),
                new BigInteger(random.nextInt(200), random));
    }
}
