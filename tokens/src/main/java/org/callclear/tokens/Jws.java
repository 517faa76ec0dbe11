package org.callclear.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token taken apart, nothing believed yet. Its form is narrower than RFC 7515: the header is exactly
 * {@code {"alg":"EdDSA","kid":"...","typ":"callclear+jwt"}}, or {@code ES256} for EdDSA, byte for byte, so no parser runs
 * on unsigned bytes, and no key can come from the token. The algorithm is the key's, never the token's. Each part has one base64url form only: no padding, no stray bits.
 *
 * @param algorithm what the header says; counts for nothing unless it is the key's own
 * @param keyId names the key; not yet known to exist
 * @param signed what the signature is over
 * @param payload the claims' bytes, not to be read before the signature holds
 * @param signature 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one verification, never compared
record Jws(TokenAlgorithm algorithm, String keyId, byte[] signed, byte[] payload, byte[] signature) {
    /** The longest token that is looked at. */
    static final int LONGEST = 4096;

    static final String TYPE = "callclear+jwt";

    private static final String KEY_ID = "[a-z0-9][a-z0-9-]{0,63}";
    private static final Pattern KEY_ID_FORM = Pattern.compile(KEY_ID);
    private static final Pattern HEADER =
            Pattern.compile("\\{\"alg\":\"(EdDSA|ES256)\",\"kid\":\"(" + KEY_ID + ")\",\"typ\":\"callclear\\+jwt\"}");
    private static final int SIGNATURE_BYTES = 64;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** What {@link #signed()} is of a token yet to be signed. */
    static String signingInput(TokenAlgorithm algorithm, String keyId, byte[] payload) {
        String header = "{\"alg\":\"" + algorithm.header() + "\",\"kid\":\"" + keyId + "\",\"typ\":\"" + TYPE + "\"}";
        return encode(header.getBytes(StandardCharsets.US_ASCII)) + "." + encode(payload);
    }

    static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** @throws IllegalArgumentException saying what part has another form, and showing none of it */
    static Jws parse(String token) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        if (first < 0 || token.indexOf('.', first + 1) != last || first == last) {
            throw new IllegalArgumentException("not three parts");
        }
        Matcher header =
                HEADER.matcher(new String(decode("header", token.substring(0, first)), StandardCharsets.ISO_8859_1));
        if (!header.matches()) {
            throw new IllegalArgumentException("header is not that of a Callclear token");
        }
        byte[] payload = decode("claims", token.substring(first + 1, last));
        byte[] signature = decode("signature", token.substring(last + 1));
        if (signature.length != SIGNATURE_BYTES) {
            throw new IllegalArgumentException("signature is not " + SIGNATURE_BYTES + " bytes");
        }
        byte[] signed = token.substring(0, last).getBytes(StandardCharsets.US_ASCII);
        return new Jws(TokenAlgorithm.of(header.group(1)), header.group(2), signed, payload, signature);
    }

    /** Bytes that have exactly this text as their base64url form (RFC 4648 sections 3.5 and 5). */
    static byte[] decode(String part, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(part + " is not base64url", e);
        }
        if (!Arrays.equals(ENCODER.encode(bytes), encoded)) {
            throw new IllegalArgumentException(part + " is padded or has stray bits");
        }
        return bytes;
    }

    /** @throws IllegalArgumentException when the text cannot name a key */
    static void requireKeyId(String keyId) {
        if (!KEY_ID_FORM.matcher(keyId).matches()) {
            throw new IllegalArgumentException(
                    "key id '" + keyId + "': must be 1 to 64 lower-case letters, digits and hyphens");
        }
    }
}
