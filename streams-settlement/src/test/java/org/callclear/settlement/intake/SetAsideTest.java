package org.callclear.settlement.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.RejectedRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetAsideTest {
    /** What a broker takes by default, less the framing of a batch and the record's own key, generously. */
    private static final int BROKER_TAKES = 1_048_588 - 1_000;

    private static final String LONGEST_TOPIC = "carrier." + "a".repeat(32) + ".cdrs";

    private final SetAside setAside = new SetAside();

    @ParameterizedTest
    @CsvSource({"148000, 900000", "900000, 900000", "1048000, 10", "10, 1048000", "65536, 900000"})
    void whateverCameFitsIntoAMessage(int key, int value) throws IOException {
        RejectedRecord kept = setAside(new byte[key], new byte[value], "x".repeat(5_000_000));

        assertThat(kept.toByteBuffer().remaining()).isLessThan(BROKER_TAKES);
    }

    @Test
    void aCutRecordSaysWhatWasCutAndHowLongItWas() {
        RejectedRecord kept = setAside(new byte[148_000], new byte[950_000], "bad");

        assertThat(kept.getDetail()).startsWith("bad").contains("key", "148000", "value", "950000");
    }

    @Test
    void whatFitsIsKeptWhole() {
        byte[] value = new byte[900_000];
        Arrays.fill(value, (byte) 7);

        RejectedRecord kept = setAside(new byte[65_536], value, "bad");

        assertThat(kept.getValue()).isEqualTo(ByteBuffer.wrap(value));
        assertThat(kept.getKey()).isEqualTo(ByteBuffer.wrap(new byte[65_536]));
        assertThat(kept.getDetail()).isEqualTo("bad");
    }

    @Test
    void nothingStaysNothing() {
        RejectedRecord kept = setAside(null, null, "bad");

        assertThat(kept.getKey()).isNull();
        assertThat(kept.getValue()).isNull();
    }

    @Test
    void cuttingHarderKeepsLess() {
        boolean couldCut = setAside.cutHarder();

        RejectedRecord kept = setAside(new byte[148_000], new byte[900_000], "bad");

        assertThat(couldCut).isTrue();
        assertThat(Objects.requireNonNull(kept.getKey()).remaining()
                        + Objects.requireNonNull(kept.getValue()).remaining())
                .isLessThan(200_000);
    }

    @Test
    void cuttingComesToAnEnd() {
        int cuts = 0;
        while (cuts < 100 && setAside.cutHarder()) {
            cuts++;
        }

        assertThat(cuts).isBetween(1, 10);
    }

    @SuppressWarnings("NullAway") // Kafka's contract: a key or a value may be null
    private RejectedRecord setAside(
            byte @org.jspecify.annotations.Nullable [] key,
            byte @org.jspecify.annotations.Nullable [] value,
            String detail) {
        return setAside.of(
                new ConsumerRecord<>(LONGEST_TOPIC, 3, 42L, key, value), "UNREADABLE", "", detail, Instant.EPOCH);
    }
}
