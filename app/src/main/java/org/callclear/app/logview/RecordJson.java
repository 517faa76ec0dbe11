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
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.PartyName;
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

    /** Fields that people or programs write freely. */
    private static final Set<String> FREE_TEXT = Set.of("detail", "reason", "fileName", "sipCallId", "name");

    /** Digests: of no use to who would know what they are of. Other bytes are only counted: they may be secret. */
    private static final Set<String> DIGESTS = Set.of("digest");

    /** Digests over phone numbers: whoever tries all numbers finds the one that has it. */
    private static final Set<String> DIGESTS_OF_NUMBERS = Set.of("requestDigest");

    /** What only one party may know. */
    private static final Set<String> SECRETS = Set.of("setupId");

    private static final String KEY_ID = "[A-Za-z0-9._-]{1,64}";
    private static final String TRANSACTION_ID = "[0-9a-f]{32}";
    private static final int LONGEST_KEY = 200;

    private final Numbers numbers;
    private final UnaryOperator<String> number;
    private final Reader rejected;

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
        this(numbers, numbers::show, rejected);
    }

    /**
     * How records are shown that need not have a number where one belongs.
     *
     * @param number shows what stands there
     */
    public RecordJson(Numbers numbers, UnaryOperator<String> number, Reader rejected) {
        this.numbers = numbers;
        this.number = number;
        this.rejected = rejected;
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
            json.put("unreadable", record.unreadable());
        }
        return json;
    }

    /** Whatever stands where a key or a header belongs: it may be anything. */
    public @Nullable String key(@Nullable String key) {
        if (key == null || CallId.isValid(key) || key.matches(TRANSACTION_ID)) {
            return key;
        }
        if (key.length() > LONGEST_KEY || !TokenText.hide(key).equals(key)) {
            return "(" + key.length() + " characters)";
        }
        int slash = key.indexOf('/');
        String first = slash < 0 ? key : key.substring(0, slash);
        return CallId.isValid(first)
                ? first + numbers.showText(PartyName.shown(key.substring(first.length())))
                : numbers.showText(key.replaceAll("[^ -~]", "?"));
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
        if (record instanceof Statement && field.equals("json") && value instanceof ByteBuffer bytes) {
            return document(bytes);
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
            return NODES.textNode(text.isEmpty() ? "" : "(hidden)");
        }
        String shown = TokenText.hide(text);
        return NODES.textNode(FREE_TEXT.contains(field) ? numbers.showText(shown) : shown);
    }

    /** Only the names of the key and of the token. */
    private static ObjectNode token(String token) {
        return NODES.objectNode().put("kid", kid(token)).put("jti", jti(token));
    }

    /** The key that a token says it was signed with; a question mark when it does not say so in due form. */
    static String kid(String token) {
        Object kid = TokenInspector.inspect(token, TokenInspector.Secrets.SHOWN)
                .header()
                .get("kid");
        return kid instanceof String text && text.matches(KEY_ID) ? text : "?";
    }

    private static String jti(String token) {
        Object jti = TokenInspector.inspect(token, TokenInspector.Secrets.SHOWN)
                .claims()
                .get("jti");
        return jti instanceof String text && text.matches(TRANSACTION_ID) ? text : "?";
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
                new TreeMap<>(map).forEach((name, one) -> object.set(String.valueOf(name), value(field, one)));
                yield object;
            }
            case BigDecimal decimal -> NODES.textNode(decimal.toPlainString());
            case java.time.Instant instant -> NODES.textNode(Ladder.millis(instant));
            case ByteBuffer bytes -> isShown(field) ? NODES.textNode(hex(bytes)) : count(bytes);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Boolean truth -> NODES.booleanNode(truth);
            default -> NODES.textNode(value.toString());
        };
    }

    private boolean isShown(String field) {
        return DIGESTS.contains(field) || (numbers == Numbers.SHOWN && DIGESTS_OF_NUMBERS.contains(field));
    }

    private JsonNode rejected(ByteBuffer bytes) {
        ObjectNode json = count(bytes);
        byte[] all = bytes(bytes);
        if (rejected.read(all) instanceof Reading.Read read) {
            json.put("type", read.value().getSchema().getName());
            json.set("record", of(read.value()));
        }
        return json;
    }

    private static ObjectNode count(ByteBuffer bytes) {
        return NODES.objectNode().put("bytes", bytes.remaining());
    }

    /** A statement says nothing of single calls. */
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
