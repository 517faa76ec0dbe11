package org.callclear.app.logview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.call.TransactionId;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.tokens.TokenInspector;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON: fields in the order of their schema, decimals and instants as text, no token, no secret, numbers as the
 * reader may see them.
 */
public final class RecordJson {
    private static final com.fasterxml.jackson.databind.ObjectMapper JSON =
            new com.fasterxml.jackson.databind.ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Fields that hold a phone number. */
    private static final Set<String> NUMBERS = Set.of("calling", "called");

    /** Fields that hold what is made up at random, or by a hash of a key. */
    private static final Set<String> IDS = Set.of("transactionId", "keyId", "tokenKeys");

    /** Hashes of what has a number in it and no secret: all numbers can be tried until one fits. */
    private static final Set<String> DIGESTS = Set.of("digest", "requestDigest");

    private static final String HIDDEN = "(hidden)";

    /** What only one party may know. */
    private static final Set<String> SECRETS = Set.of("setupId");

    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int LONGEST_KEY = 200;

    /** A record that was rejected may hold another that was: whoever writes the first says how many. */
    private static final int DEEPEST = 4;

    private final Numbers numbers;
    private final UnaryOperator<String> number;
    private final Reader rejected;
    private final int depth;

    /** Reads what a rejected record was. */
    @FunctionalInterface
    public interface Reader {
        Reading read(byte[] bytes);
    }

    /**
     * How records are shown.
     *
     * @param rejected reads the bytes of records that were rejected
     */
    public RecordJson(Numbers numbers, Reader rejected) {
        this(numbers, numbers::show, rejected, 0);
    }

    /**
     * How records are shown that need not have a number where one belongs.
     *
     * @param number shows what stands there
     */
    public RecordJson(Numbers numbers, UnaryOperator<String> number, Reader rejected) {
        this(numbers, number, rejected, 0);
    }

    private RecordJson(Numbers numbers, UnaryOperator<String> number, Reader rejected, int depth) {
        this.numbers = numbers;
        this.number = number;
        this.rejected = rejected;
        this.depth = depth;
    }

    /** A record with its place. */
    public ObjectNode of(LogRecord record) {
        ObjectNode json = NODES.objectNode()
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", record.offset())
                .put("time", Ladder.millis(record.at()))
                .put("key", key(record.key()))
                .put("type", record.value() == null ? null : record.type());
        json.set("value", record.value() == null ? null : of(record.value()));
        if (!record.unreadable().isEmpty()) {
            json.put("unreadable", numbers.showText(record.unreadable()));
        }
        return json;
    }

    /** Whatever stands where a key or a header belongs: it may be anything. */
    public @Nullable String key(@Nullable String key) {
        if (key == null) {
            return null;
        }
        return key.length() > LONGEST_KEY || TokenText.isIn(key)
                ? "(" + key.length() + " characters)"
                : numbers.showId(key);
    }

    /** A record without its place. */
    public ObjectNode of(SpecificRecord record) {
        ObjectNode json = NODES.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            @Nullable Object value = record.get(field.pos());
            json.set(field.name(), value == null ? NODES.nullNode() : special(record, field.name(), value));
        }
        return json;
    }

    private JsonNode special(SpecificRecord record, String field, Object value) {
        if (value instanceof CharSequence text) {
            return text(field, text.toString());
        }
        if (record instanceof RejectedRecord && value instanceof ByteBuffer bytes) {
            return field.equals("key") ? NODES.textNode(key(utf8(bytes))) : rejected(bytes);
        }
        if (record instanceof Statement && depth == 0 && value instanceof ByteBuffer bytes) {
            return field.equals("json") ? document(bytes) : NODES.textNode(hex(bytes));
        }
        return value(field, value);
    }

    private JsonNode text(String field, String text) {
        if (field.equals("token")) {
            return token(text);
        }
        if (NUMBERS.contains(field)) {
            return NODES.textNode(number.apply(text));
        }
        if (SECRETS.contains(field)) {
            return NODES.textNode(text.isEmpty() ? "" : HIDDEN);
        }
        return NODES.textNode(IDS.contains(field) ? numbers.showId(text) : numbers.showText(text));
    }

    /** Only the names of the key and of the token. */
    private ObjectNode token(String token) {
        return NODES.objectNode().put("kid", numbers.showId(kid(token))).put("jti", numbers.showId(jti(token)));
    }

    /** The key that a token says it was signed with; a question mark when it does not say so in due form. */
    static String kid(String token) {
        Object kid = TokenInspector.inspect(token, TokenInspector.Secrets.SHOWN)
                .header()
                .get("kid");
        return kid instanceof String text && KEY_ID.matcher(text).matches() ? text : "?";
    }

    private static String jti(String token) {
        Object jti = TokenInspector.inspect(token, TokenInspector.Secrets.SHOWN)
                .claims()
                .get("jti");
        return jti instanceof String text && TransactionId.isValid(text) ? text : "?";
    }

    private JsonNode value(String field, Object value) {
        return switch (value) {
            case SpecificRecord record -> of(record);
            case Collection<?> all -> {
                ArrayNode array = NODES.arrayNode();
                all.forEach(one ->
                        array.add(one instanceof CharSequence text ? text(field, text.toString()) : value(field, one)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = NODES.objectNode();
                new TreeMap<>(map)
                        .forEach((name, one) -> object.set(numbers.showText(String.valueOf(name)), value(field, one)));
                yield object;
            }
            case BigDecimal decimal -> NODES.textNode(decimal.toPlainString());
            case java.time.Instant instant -> NODES.textNode(Ladder.millis(instant));
            case ByteBuffer bytes -> DIGESTS.contains(field) ? NODES.textNode(HIDDEN) : count(bytes);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Boolean truth -> NODES.booleanNode(truth);
            default -> NODES.textNode(value.toString());
        };
    }

    private JsonNode rejected(ByteBuffer bytes) {
        ObjectNode json = count(bytes);
        if (depth < DEEPEST && rejected.read(bytes(bytes)) instanceof Reading.Read read) {
            json.put("type", read.value().getSchema().getName());
            json.set("record", new RecordJson(numbers, number, rejected, depth + 1).of(read.value()));
        }
        return json;
    }

    private static ObjectNode count(ByteBuffer bytes) {
        return NODES.objectNode().put("bytes", bytes.remaining());
    }

    /** A statement says nothing of single calls; where it stands by itself, settlement wrote it. */
    private static JsonNode document(ByteBuffer bytes) {
        try {
            return JSON.readTree(bytes(bytes));
        } catch (IOException e) {
            return count(bytes);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static String hex(ByteBuffer bytes) {
        return HexFormat.of().formatHex(bytes(bytes));
    }

    private static String utf8(ByteBuffer bytes) {
        return new String(bytes(bytes), StandardCharsets.UTF_8);
    }
}
