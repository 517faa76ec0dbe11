package org.callclear.tokens;

import static org.callclear.tokens.Samples.CLAIMS;
import static org.callclear.tokens.Samples.KEY;
import static org.callclear.tokens.Samples.NOW;
import static org.callclear.tokens.Samples.P256;
import static org.callclear.tokens.Samples.REVOKED;
import static org.callclear.tokens.Samples.STRANGER;
import static org.callclear.tokens.Samples.sign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the shelf of forged tokens: one file a lie. Run {@link #main} with the folder to make the files again; a test
 * sees to it that the files are what this makes.
 */
final class ForgedShelf {
    private static final String JSON = json(CLAIMS);
    private static final String GOOD = sign(KEY, CLAIMS);
    private static final Claims UNUSUAL = Samples.claims(Samples.unusualTerms());

    private ForgedShelf() {}

    public static void main(String[] folder) throws IOException {
        for (Map.Entry<String, String> token : tokens().entrySet()) {
            Files.writeString(Path.of(folder[0]).resolve(token.getKey() + ".jwt"), token.getValue());
        }
    }

    static Map<String, String> tokens() {
        Map<String, String> shelf = new TreeMap<>();
        shelf.put("token-good", GOOD);
        forms(shelf);
        headers(shelf);
        signatures(shelf);
        algorithms(shelf);
        claims(shelf);
        unusualTerms(shelf);
        calls(shelf);
        return shelf;
    }

    private static void forms(Map<String, String> shelf) {
        String[] parts = GOOD.split("\\.", -1);
        shelf.put("token-too-large", GOOD + "A".repeat(Jws.LONGEST));
        shelf.put("token-empty", "");
        shelf.put("token-two-parts", parts[0] + "." + parts[1]);
        shelf.put("token-four-parts", GOOD + "." + parts[2]);
        shelf.put("token-empty-signature", parts[0] + "." + parts[1] + ".");
        shelf.put("token-short-signature", GOOD.substring(0, GOOD.length() - 4));
        shelf.put("token-padded", GOOD + "==");
        shelf.put("token-trailing-bits", trailingBits());
        shelf.put("token-standard-base64", parts[0] + "." + parts[1] + "." + "+".repeat(parts[2].length()));
        shelf.put("token-line-break", parts[0] + "." + parts[1] + ".\n" + parts[2]);
    }

    /** The same 64 bytes in another text: the last character of 86 carries four bits that count for nothing. */
    private static String trailingBits() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(GOOD.charAt(GOOD.length() - 1));
        return GOOD.substring(0, GOOD.length() - 1) + alphabet.charAt(last + 1);
    }

    private static void headers(Map<String, String> shelf) {
        String kid = KEY.keyId();
        String sound = "{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\",\"typ\":\"callclear+jwt\"";
        shelf.put("token-header-jwk", headed(sound + ",\"jwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQ\"}}"));
        shelf.put("token-header-x5c", headed(sound + ",\"x5c\":[\"MIIB\"]}"));
        shelf.put("token-header-jku", headed(sound + ",\"jku\":\"https://evil.example/keys\"}"));
        shelf.put("token-header-x5u", headed(sound + ",\"x5u\":\"https://evil.example/chain\"}"));
        shelf.put("token-alg-lower-case", headed(sound.replace("EdDSA", "eddsa") + "}"));
        shelf.put("token-alg-es384", headed(sound.replace("EdDSA", "ES384") + "}"));
        shelf.put("token-header-duplicate-member", headed("{\"alg\":\"EdDSA\"," + sound.substring(1) + "}"));
        shelf.put(
                "token-header-reordered",
                headed("{\"kid\":\"" + kid + "\",\"alg\":\"EdDSA\",\"typ\":\"callclear+jwt\"}"));
        shelf.put("token-header-space", headed(sound + " }"));
        shelf.put("token-type-jwt", headed("{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\",\"typ\":\"JWT\"}"));
        shelf.put("token-alg-none", headed("{\"alg\":\"none\",\"kid\":\"" + kid + "\",\"typ\":\"callclear+jwt\"}"));
        shelf.put("token-alg-hs256", hs256(kid));
        shelf.put("token-kid-missing", headed("{\"alg\":\"EdDSA\",\"typ\":\"callclear+jwt\"}"));
        shelf.put("token-kid-path", headed(sound.replace(kid, "../../keys") + "}"));
    }

    private static String headed(String header) {
        return sign(
                KEY,
                Jws.encode(header.getBytes(StandardCharsets.UTF_8)) + "."
                        + Jws.encode(JSON.getBytes(StandardCharsets.UTF_8)));
    }

    /** Signed with the public key as if it were a shared secret. */
    private static String hs256(String kid) {
        String header = "{\"alg\":\"HS256\",\"kid\":\"" + kid + "\",\"typ\":\"callclear+jwt\"}";
        String input = Jws.encode(header.getBytes(StandardCharsets.UTF_8)) + "."
                + Jws.encode(JSON.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.signer().publicKey(), "HmacSHA256"));
            return input + "." + Jws.encode(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static void signatures(Map<String, String> shelf) {
        byte[] payload = JSON.getBytes(StandardCharsets.UTF_8);
        String[] parts = GOOD.split("\\.", -1);
        byte[] altered = payload.clone();
        altered[payload.length / 2] ^= 1;
        shelf.put("token-altered-by-one-bit", parts[0] + "." + Jws.encode(altered) + "." + parts[2]);
        shelf.put("token-unknown-key", sign(STRANGER, payload));
        shelf.put("token-revoked-key", sign(REVOKED, payload));
        shelf.put(
                "token-signed-by-stranger",
                sign(STRANGER, Jws.signingInput(TokenAlgorithm.EDDSA, KEY.keyId(), payload)));
        shelf.put("token-zero-signature", parts[0] + "." + parts[1] + "." + Jws.encode(new byte[64]));
        shelf.put(
                "token-before-key",
                sign(
                        KEY,
                        JSON.replaceAll(
                                        "\"iat\":[0-9]+",
                                        "\"iat\":" + (KEY.notBefore().getEpochSecond() - 1))
                                .replaceAll(
                                        "\"exp\":[0-9]+",
                                        "\"exp\":" + (KEY.notBefore().getEpochSecond() + 60))
                                .replaceAll(
                                        "\"nbf\":[0-9]+",
                                        "\"nbf\":" + KEY.notBefore().getEpochSecond())
                                .getBytes(StandardCharsets.UTF_8)));
    }

    private static void algorithms(Map<String, String> shelf) {
        byte[] payload = JSON.getBytes(StandardCharsets.UTF_8);
        String good = sign(P256, CLAIMS);
        byte[] signature = Jws.parse(good).signature();
        shelf.put("token-good-es256", good);
        shelf.put("token-es256-high-s", resigned(good, TestP256.withHighS(signature)));
        shelf.put("token-es256-der", resigned(good, TestP256.der(signature)));
        shelf.put("token-es256-zero-r", resigned(good, zeroed(signature, 0, 32)));
        shelf.put("token-es256-zero-s", resigned(good, zeroed(signature, 32, 64)));
        shelf.put("token-es256-r-of-order", resigned(good, TestP256.withOrderAsR(signature)));
        shelf.put("token-es256-other-curve", TestP256.signedOnOtherCurve(P256.keyId(), payload));
        shelf.put(
                "token-es256-of-ed25519-key", sign(KEY, Jws.signingInput(TokenAlgorithm.ES256, KEY.keyId(), payload)));
        shelf.put(
                "token-es256-named-ed25519-key",
                sign(P256, Jws.signingInput(TokenAlgorithm.ES256, KEY.keyId(), payload)));
        shelf.put("token-eddsa-of-p256-key", sign(P256, Jws.signingInput(TokenAlgorithm.EDDSA, P256.keyId(), payload)));
        shelf.put(
                "token-eddsa-named-p256-key", sign(KEY, Jws.signingInput(TokenAlgorithm.EDDSA, P256.keyId(), payload)));
    }

    private static String resigned(String token, byte[] signature) {
        return token.substring(0, token.lastIndexOf('.') + 1) + Jws.encode(signature);
    }

    private static byte[] zeroed(byte[] signature, int from, int to) {
        byte[] zeroed = signature.clone();
        Arrays.fill(zeroed, from, to, (byte) 0);
        return zeroed;
    }

    private static void claims(Map<String, String> shelf) {
        shelf.put("token-claims-array", signed("[" + JSON + "]"));
        shelf.put("token-claims-empty", signed(""));
        shelf.put("token-claims-not-json", signed("iss=callclear"));
        shelf.put("token-claims-trailing", signed(JSON + "{}"));
        shelf.put("token-claims-duplicate-member", changed("{\"iss\"", "{\"aud\":\"zenith-1\",\"iss\""));
        shelf.put("token-claim-missing", changed("\"leg\":1,", ""));
        shelf.put("token-claim-number-as-string", changed("\"leg\":1", "\"leg\":\"1\""));
        shelf.put("token-claim-string-as-number", changed("\"442071234567\"", "442071234567"));
        shelf.put("token-claim-null", changed("\"acme\"", "null"));
        shelf.put("token-claim-fraction", changed("\"leg\":1", "\"leg\":1.0"));
        shelf.put("token-claim-too-many-digits", changed("\"leg\":1", "\"leg\":4294967297"));
        shelf.put("token-claim-not-a-number", changed("442071234567", "442071234567;phone-context=x"));
        shelf.put("token-rate-as-number", changed("\"0.010200\"", "0.0102"));
        shelf.put("token-rate-negative", changed("\"0.010200\"", "\"-0.010200\""));
        shelf.put("token-rate-other-decimals", changed("\"0.010200\"", "\"0.0102\""));
        shelf.put("token-rounding-unknown", changed("HALF_UP", "CEILING_UP"));
        shelf.put("token-terms-missing", changed("terminationTerms", "terms"));
        shelf.put(
                "token-lives-too-long",
                changed(
                        "\"exp\":" + CLAIMS.expires().getEpochSecond(),
                        "\"exp\":"
                                + NOW.plus(Claims.LONGEST_LIFE).plusSeconds(1).getEpochSecond()));
    }

    private static void unusualTerms(Map<String, String> shelf) {
        shelf.put("token-good-unusual-terms", sign(KEY, UNUSUAL));
        shelf.put("token-minimum-charge-altered", altered("\"0.030000\"", "\"0.930000\""));
        shelf.put("token-rate-change-altered", altered("\"0.020400\"", "\"0.920400\""));
        shelf.put("token-free-seconds-altered", altered("\"freeSeconds\":5", "\"freeSeconds\":0"));
        shelf.put("token-free-seconds-negative", unusual("\"freeSeconds\":5", "\"freeSeconds\":-5"));
        shelf.put("token-free-seconds-rule-unknown", unusual("THRESHOLD", "SOMETIMES"));
        shelf.put("token-minimum-charge-as-number", unusual("\"0.030000\"", "0.03"));
        shelf.put("token-attempt-fee-negative", unusual("\"0.001000\"", "\"-0.001000\""));
        shelf.put("token-attempt-fee-null", unusual("\"0.001000\"", "null"));
        shelf.put("token-rate-changes-object", unusual("\"rateChanges\":[", "\"rateChanges\":{},\"others\":["));
        shelf.put(
                "token-rate-change-incomplete",
                unusual(",\"ratePerMinute\":\"0.020400\",\"prefix\":\"44207\"", ",\"prefix\":\"44207\""));
        shelf.put("token-rate-change-prefix", unusual("\"44207\"", "\"44x07\""));
        shelf.put(
                "token-rate-changes-backwards",
                unusual(
                        "\"atMillis\":" + NOW.plusMillis(1500).toEpochMilli(),
                        "\"atMillis\":" + NOW.plusSeconds(3600).toEpochMilli()));
        shelf.put("token-period-length-unknown", unusual("\"WEEK\"", "\"FORTNIGHT\""));
        shelf.put("token-period-zone-malformed", unusual("Europe/Berlin", "Europe Berlin"));
    }

    /** The unusual claims, changed by whoever signs. */
    private static String unusual(String from, String to) {
        return signed(replaced(json(UNUSUAL), from, to));
    }

    /** The unusual claims, changed after they were signed. */
    private static String altered(String from, String to) {
        String[] parts = sign(KEY, UNUSUAL).split("\\.", -1);
        byte[] payload = replaced(json(UNUSUAL), from, to).getBytes(StandardCharsets.UTF_8);
        return parts[0] + "." + Jws.encode(payload) + "." + parts[2];
    }

    private static void calls(Map<String, String> shelf) {
        shelf.put("token-other-issuer", changed("\"iss\":\"callclear\"", "\"iss\":\"callclean\""));
        shelf.put("token-other-gateway", changed("zenith-1", "zenith-2"));
        shelf.put("token-not-yet-valid", shifted(31, 0));
        shelf.put("token-expired", shifted(-90, 0));
        shelf.put("token-issued-in-future", shifted(31, -31));
        shelf.put("token-other-call", changed("000000000001", "000000000002"));
        shelf.put("token-other-calling-number", changed("4930123456", "4930123457"));
        shelf.put("token-other-called-number", changed("442071234567", "442071234568"));
        shelf.put("token-other-originating-carrier", changed("\"acme\"", "\"acne\""));
        shelf.put("token-other-transaction", changed("00112233", "00112234"));
    }

    /** The good claims so many seconds later, {@code nbf} so many more. */
    private static String shifted(long seconds, long notBefore) {
        return sign(
                KEY,
                new Claims(
                        CLAIMS.issuer(),
                        CLAIMS.audience(),
                        CLAIMS.transactionId(),
                        CLAIMS.issuedAt().plusSeconds(seconds),
                        CLAIMS.notBefore().plusSeconds(seconds + notBefore),
                        CLAIMS.expires().plusSeconds(seconds),
                        CLAIMS.callId(),
                        CLAIMS.leg(),
                        CLAIMS.calling(),
                        CLAIMS.called(),
                        CLAIMS.originatingCarrier(),
                        CLAIMS.terminatingCarrier(),
                        CLAIMS.maxDuration(),
                        CLAIMS.terminationTerms()));
    }

    private static String changed(String from, String to) {
        return signed(replaced(JSON, from, to));
    }

    private static String replaced(String json, String from, String to) {
        if (!json.contains(from)) {
            throw new IllegalStateException("nothing to change: " + from);
        }
        return json.replace(from, to);
    }

    private static String json(Claims claims) {
        return new String(ClaimsJson.encode(claims), StandardCharsets.UTF_8);
    }

    private static String signed(String json) {
        return sign(KEY, json.getBytes(StandardCharsets.UTF_8));
    }
}
