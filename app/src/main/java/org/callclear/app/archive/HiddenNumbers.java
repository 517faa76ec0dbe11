package org.callclear.app.archive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.callclear.schemas.call.CallId;
import org.jspecify.annotations.Nullable;

/**
 * Finds the numbers in a record, whatever its type, and what of it would give them away: puts ciphertext in their place,
 * or the numbers back. A ciphertext is written {@code ~GENERATION.BASE64URL}; it cannot be taken for
 * a number in E.164.
 */
final class HiddenNumbers {
    /** What stands for a number whose key is gone. */
    static final String ERASED = "erased";

    private static final Set<String> NUMBERS = Set.of("calling", "called");
    /** A digest over the numbers: whoever tries all numbers finds the one that has it. */
    private static final Set<String> TELLTALES = Set.of("requestDigest");

    private static final String REJECTED = "RejectedRecord";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder UNBASE64 = Base64.getUrlDecoder();

    private final IdentityHashMap<Schema, Boolean> concerned = new IdentityHashMap<>();

    /** Whether records of a schema can hold a number. */
    boolean concern(Schema schema) {
        return concerned.computeIfAbsent(schema, asked -> holds(asked, new HashSet<>()));
    }

    private static boolean holds(Schema schema, Set<String> seen) {
        return switch (schema.getType()) {
            case RECORD ->
                seen.add(schema.getFullName())
                        && (schema.getName().equals(REJECTED)
                                || schema.getFields().stream()
                                        .anyMatch(field -> NUMBERS.contains(field.name())
                                                || TELLTALES.contains(field.name())
                                                || holds(field.schema(), seen)));
            case ARRAY -> holds(schema.getElementType(), seen);
            case MAP -> holds(schema.getValueType(), seen);
            case UNION -> schema.getTypes().stream().anyMatch(type -> holds(type, seen));
            default -> false;
        };
    }

    /** Puts ciphertext in place of the numbers. */
    static void hide(IndexedRecord record, long timestamp, NumberKeys keys) {
        walk(record, new Place(null, null, timestamp), (name, text) -> seal(name, text, keys));
    }

    /** Ciphertext of bytes, as ASCII. */
    static byte[] seal(KeyName name, byte[] text, NumberKeys keys) {
        NumberKeys.Current key = keys.current(name);
        return ("~" + key.generation() + "."
                        + BASE64.encodeToString(key.cipher().seal(text)))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Puts the numbers back.
     *
     * @throws IllegalArgumentException when a ciphertext is none, or was made with a key that the file never had
     */
    static void reveal(IndexedRecord record, long timestamp, NumberKeys keys) {
        walk(record, new Place(null, null, timestamp), (name, text) -> open(name, text, keys));
    }

    /** Whether a text is written as a ciphertext is. */
    static boolean isSealed(String text) {
        return text.matches("~[1-9][0-9]{0,8}\\.[A-Za-z0-9_-]+");
    }

    /** What a ciphertext hides; {@link #ERASED} when its key is gone. */
    static byte[] open(KeyName name, byte[] sealed, NumberKeys keys) {
        String text = new String(sealed, StandardCharsets.ISO_8859_1);
        int point = text.indexOf('.');
        if (!isSealed(text)) {
            throw new IllegalArgumentException("a number of " + name + " is not encrypted as it should be");
        }
        int generation = Integer.parseInt(text.substring(1, point));
        if (keys.isErased(name, generation)) {
            return ERASED.getBytes(StandardCharsets.US_ASCII);
        }
        Optional<byte[]> opened = keys.cipher(name, generation)
                .flatMap(cipher -> cipher.open(UNBASE64.decode(text.substring(point + 1))));
        return opened.orElseThrow(() ->
                new IllegalArgumentException("a number of " + name + " was not encrypted with a key of this key file"));
    }

    /** What is known of a call where the walk has come to. */
    private record Place(@Nullable String carrier, @Nullable String callId, long timestamp) {
        KeyName key() {
            return KeyName.of(carrier, callId, timestamp);
        }

        Place in(IndexedRecord record) {
            String carrierHere = text(record, "originatingCarrier");
            String callHere = text(record, "callId");
            return carrierHere == null && callHere == null
                    ? this
                    : new Place(
                            carrierHere == null ? carrier : carrierHere,
                            callHere == null ? callId : callHere,
                            timestamp);
        }
    }

    private static void walk(IndexedRecord record, Place around, BiFunction<KeyName, byte[], byte[]> change) {
        if (record.getSchema().getName().equals(REJECTED)) {
            rejected(record, change);
            return;
        }
        Place here = around.in(record);
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value instanceof CharSequence number && NUMBERS.contains(field.name())) {
                byte[] changed = change.apply(here.key(), number.toString().getBytes(StandardCharsets.UTF_8));
                record.put(field.pos(), new String(changed, StandardCharsets.UTF_8));
            } else if (value instanceof ByteBuffer bytes && TELLTALES.contains(field.name())) {
                record.put(field.pos(), ByteBuffer.wrap(change.apply(here.key(), bytes(bytes))));
            } else {
                inside(value, here, change);
            }
        }
    }

    private static void inside(@Nullable Object value, Place here, BiFunction<KeyName, byte[], byte[]> change) {
        if (value instanceof IndexedRecord inner) {
            walk(inner, here, change);
        } else if (value instanceof Collection<?> all) {
            all.forEach(each -> inside(each, here, change));
        } else if (value instanceof Map<?, ?> all) {
            all.values().forEach(each -> inside(each, here, change));
        }
    }

    /** A record that could not be read, whole: its bytes may hold a number anywhere, and so may a key that is no call id. */
    private static void rejected(IndexedRecord record, BiFunction<KeyName, byte[], byte[]> change) {
        Object time = record.get(position(record, "sourceTimestamp"));
        String topic = text(record, "sourceTopic");
        // Not by the call id in the key, which is hidden here itself when it is none.
        KeyName name = KeyName.of(
                topic == null ? null : ArchivedTopics.carrier(topic).orElse(null),
                null,
                time instanceof java.time.Instant at ? at.toEpochMilli() : time instanceof Long millis ? millis : 0);
        for (String field : new String[] {"key", "value"}) {
            int at = position(record, field);
            if (record.get(at) instanceof ByteBuffer bytes && !isCallId(bytes)) {
                record.put(at, ByteBuffer.wrap(change.apply(name, bytes(bytes))));
            }
        }
    }

    private static int position(IndexedRecord record, String field) {
        Schema.Field found = record.getSchema().getField(field);
        if (found == null) {
            throw new IllegalArgumentException(record.getSchema().getName() + " has no field " + field);
        }
        return found.pos();
    }

    private static boolean isCallId(ByteBuffer bytes) {
        return CallId.isValid(new String(bytes(bytes), StandardCharsets.ISO_8859_1));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static @Nullable String text(IndexedRecord record, String name) {
        Schema.Field field = record.getSchema().getField(name);
        return field != null && record.get(field.pos()) instanceof CharSequence text ? text.toString() : null;
    }
}
