package org.callclear.settlement.stages;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Call ids as keys of stores: the 16 bytes of a UUID, which sort as its text does. Any other text is kept as text, behind a mark. */
final class CallIdSerde implements Serde<String> {
    private static final int TEXT = 36;
    private static final int BYTES = 16;
    /** A UUID of version 7 that began so would be of the year 10889. */
    private static final byte NO_UUID = (byte) 0xff;

    private static final Serializer<String> SERIALIZER = (topic, id) -> bytes(id);
    private static final Deserializer<String> DESERIALIZER = (topic, bytes) -> text(bytes);
    private static final HexFormat HEX = HexFormat.of();

    @Override
    public Serializer<String> serializer() {
        return SERIALIZER;
    }

    @Override
    public Deserializer<String> deserializer() {
        return DESERIALIZER;
    }

    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
    private static byte[] bytes(@Nullable String id) {
        if (id == null) {
            return null;
        }
        byte[] uuid = new byte[BYTES];
        if (id.length() == TEXT && parse(id, uuid) && uuid[0] != NO_UUID) {
            return uuid;
        }
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length).put(NO_UUID).put(text).array();
    }

    /** Whether it is a UUID in its canonical form. */
    private static boolean parse(String id, byte[] uuid) {
        int next = 0;
        for (int i = 0; i < TEXT; ) {
            if (i == 8 || i == 13 || i == 18 || i == 23) {
                if (id.charAt(i++) != '-') {
                    return false;
                }
                continue;
            }
            int high = digit(id.charAt(i++));
            int low = digit(id.charAt(i++));
            if (high < 0 || low < 0) {
                return false;
            }
            uuid[next++] = (byte) (high << 4 | low);
        }
        return true;
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }

    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
    private static String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes[0] == NO_UUID) {
            return new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
        }
        String hex = HEX.formatHex(bytes);
        return hex.substring(0, 8)
                + '-'
                + hex.substring(8, 12)
                + '-'
                + hex.substring(12, 16)
                + '-'
                + hex.substring(16, 20)
                + '-'
                + hex.substring(20);
    }
}
