package org.callclear.tokens;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;

/**
 * Claims as JSON: members in one fixed order, times as whole seconds (RFC 7519, NumericDate), amounts as decimal
 * strings. Reading is strict in what it knows (types, ranges, no member twice) and, as RFC 7519 section 4 asks, passes
 * over members it does not know.
 */
final class ClaimsJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectReader READER =
            new ObjectMapper(FACTORY).reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern AMOUNT = Pattern.compile("(0|[1-9][0-9]{0,11})\\.[0-9]{6}");

    private ClaimsJson() {}

    static byte[] encode(Claims claims) {
        var bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            write(json, claims);
        } catch (IOException e) {
            throw new UncheckedIOException("claims could not be written to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Claims claims) throws IOException {
        json.writeStartObject();
        json.writeStringField("iss", claims.issuer());
        json.writeStringField("aud", claims.audience().value());
        json.writeStringField("jti", claims.transactionId().hex());
        json.writeNumberField("iat", claims.issuedAt().getEpochSecond());
        json.writeNumberField("nbf", claims.notBefore().getEpochSecond());
        json.writeNumberField("exp", claims.expires().getEpochSecond());
        json.writeStringField("callId", claims.callId().toString());
        json.writeNumberField("leg", claims.leg());
        json.writeStringField("calling", claims.calling().digits());
        json.writeStringField("called", claims.called().digits());
        json.writeStringField("originatingCarrier", claims.originatingCarrier().value());
        json.writeStringField("terminatingCarrier", claims.terminatingCarrier().value());
        json.writeNumberField("maxDuration", claims.maxDuration().toSeconds());
        json.writeFieldName("terminationTerms");
        write(json, claims.terminationTerms());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, RateTerms terms) throws IOException {
        json.writeStartObject();
        json.writeStringField("contract", terms.getContract());
        json.writeNumberField("contractRevision", terms.getContractRevision());
        json.writeStringField("deck", terms.getDeck());
        json.writeNumberField("deckRevision", terms.getDeckRevision());
        json.writeStringField("prefix", terms.getPrefix());
        json.writeStringField("destination", terms.getDestination());
        json.writeStringField("ratePerMinute", terms.getRatePerMinute().toPlainString());
        json.writeStringField("currency", terms.getCurrency());
        json.writeNumberField("initialSeconds", terms.getInitialSeconds());
        json.writeNumberField("incrementSeconds", terms.getIncrementSeconds());
        json.writeStringField("connectFee", terms.getConnectFee().toPlainString());
        json.writeStringField("durationRounding", terms.getDurationRounding().name());
        json.writeStringField("incrementAnchor", terms.getIncrementAnchor().name());
        json.writeStringField("roundingLevel", terms.getRoundingLevel().name());
        json.writeStringField("roundingRule", terms.getRoundingRule().name());
        json.writeNumberField("roundingScale", terms.getRoundingScale());
        json.writeEndObject();
    }

    /** @throws IllegalArgumentException naming the claim that is missing or has another form; its value is not shown */
    static Claims decode(byte[] json) {
        JsonNode root = tree(json);
        return new Claims(
                text(root, "iss"),
                new GatewayId(text(root, "aud")),
                new TransactionId(text(root, "jti")),
                instant(root, "iat"),
                instant(root, "nbf"),
                instant(root, "exp"),
                CallId.parse(text(root, "callId")),
                (int) whole(root, "leg", Integer.MAX_VALUE),
                new E164Number(text(root, "calling")),
                new E164Number(text(root, "called")),
                new CarrierId(text(root, "originatingCarrier")),
                new CarrierId(text(root, "terminatingCarrier")),
                Duration.ofSeconds(whole(root, "maxDuration", Integer.MAX_VALUE)),
                terms(object(root, "terminationTerms")));
    }

    private static RateTerms terms(JsonNode node) {
        return RateTerms.newBuilder().setContract(text(node, "contract")).setContractRevision(whole(node, "contractRevision", Long.MAX_VALUE)).setDeck(text(node, "deck")).setDeckRevision(whole(node, "deckRevision", Long.MAX_VALUE)).setPrefix(text(node, "prefix")).setDestination(text(node, "destination")).setRatePerMinute(amount(node, "ratePerMinute")).setCurrency(text(node, "currency")).setInitialSeconds((int) whole(node, "initialSeconds", Integer.MAX_VALUE)).setIncrementSeconds((int) whole(node, "incrementSeconds", Integer.MAX_VALUE)).setConnectFee(amount(node, "connectFee")).setDurationRounding(word(node, "durationRounding", DurationRounding.class)).setIncrementAnchor(word(node, "incrementAnchor", IncrementAnchor.class)).setRoundingLevel(word(node, "roundingLevel", RoundingLevel.class)).setRoundingRule(word(node, "roundingRule", RoundingRule.class)).setRoundingScale((int) whole(node, "roundingScale", Terms.SCALE)).build();
    }

    /** A JSON object, no member twice, nothing after it. */
    static JsonNode tree(byte[] json) {
        JsonNode root;
        try {
            root = READER.readTree(json);
        } catch (JsonProcessingException e) {
            // The parser's own words quote the text, and that may hold a phone number: they go no further.
            throw new IllegalArgumentException("not JSON with each member once");
        } catch (IOException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
        if (!root.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        return root;
    }

    private static JsonNode member(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new IllegalArgumentException("claim " + name + " is missing");
        }
        return value;
    }

    private static JsonNode object(JsonNode node, String name) {
        JsonNode value = member(node, name);
        if (!value.isObject()) {
            throw new IllegalArgumentException("claim " + name + " is not an object");
        }
        return value;
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = member(node, name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("claim " + name + " is not a string");
        }
        return value.textValue();
    }

    private static long whole(JsonNode node, String name, long most) {
        JsonNode value = member(node, name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > most) {
            throw new IllegalArgumentException("claim " + name + " is not a whole number from 0 to " + most);
        }
        return value.longValue();
    }

    private static Instant instant(JsonNode node, String name) {
        return Instant.ofEpochSecond(whole(node, name, Claims.LAST_SECOND));
    }

    private static BigDecimal amount(JsonNode node, String name) {
        String value = text(node, name);
        if (!AMOUNT.matcher(value).matches()) {
            throw new IllegalArgumentException("claim " + name + " is not an amount with six decimals");
        }
        return new BigDecimal(value);
    }

    private static <E extends Enum<E>> E word(JsonNode node, String name, Class<E> type) {
        try {
            return Enum.valueOf(type, text(node, name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("claim " + name + " is not one of the words it may be", e);
        }
    }
}
