package org.callclear.tokens;

import static org.callclear.tokens.JsonMember.object;
import static org.callclear.tokens.JsonMember.text;
import static org.callclear.tokens.JsonMember.whole;

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
import java.time.Duration;
import java.time.Instant;
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
        TermsJson.write(json, claims.terminationTerms());
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
                TermsJson.read(object(root, "terminationTerms")));
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

    private static Instant instant(JsonNode node, String name) {
        return Instant.ofEpochSecond(whole(node, name, Claims.LAST_SECOND));
    }
}
