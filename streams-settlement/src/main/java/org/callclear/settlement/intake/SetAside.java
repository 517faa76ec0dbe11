package org.callclear.settlement.intake;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.RejectedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a record that cannot be used one that can be kept: with its key and value where they fit, and never larger
 * than a broker takes. What does not fit is cut, and the detail says so; the original still stands at its place.
 */
final class SetAside {
    /** Beside a value of {@link #ROOM} bytes the key, the texts and the framing stay below the usual 1,048,588 bytes. */
    private static final int MOST_KEY = 64 * 1024;

    private static final int ROOM = 900_000;
    private static final int MOST_DETAIL = 1_000;
    /** A broker that does not even take this much is not to be helped by cutting. */
    private static final int LEAST_ROOM = 1_000;

    private int room = ROOM;

    /**
     * The record to keep.
     *
     * @param reason a word for counting
     * @param field the field at fault; empty when the record could not be read
     * @param detail one sentence, of any length
     */
    RejectedRecord of(ConsumerRecord<byte[], byte[]> record, String reason, String field, String detail, Instant now) {
        int mostKey = Math.min(MOST_KEY, room);
        return new RejectedRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                kept(record.key(), mostKey),
                kept(record.value(), room),
                reason,
                field,
                shortened(detail, MOST_DETAIL) + cut("key", record.key(), mostKey) + cut("value", record.value(), room),
                now);
    }

    /**
     * Cuts to a tenth from now on, because a record was larger than the broker takes.
     *
     * @return whether there was anything left to cut
     */
    boolean cutHarder() {
        if (room <= LEAST_ROOM) {
            return false;
        }
        room = Math.max(LEAST_ROOM, room / 10);
        return true;
    }

    /** A text of at most so many characters; a cut one ends in an ellipsis. */
    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private static @Nullable ByteBuffer kept(byte @Nullable [] bytes, int most) {
        if (bytes == null) {
            return null;
        }
        return ByteBuffer.wrap(bytes.length > most ? Arrays.copyOf(bytes, most) : bytes);
    }

    private static String cut(String part, byte @Nullable [] bytes, int most) {
        return bytes == null || bytes.length <= most
                ? ""
                : "; of the " + part + "'s " + bytes.length + " bytes the first " + most + " are kept here";
    }
}
