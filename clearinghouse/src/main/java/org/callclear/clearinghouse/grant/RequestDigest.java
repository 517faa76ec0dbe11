package org.callclear.clearinghouse.grant;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.callclear.clearinghouse.admission.Question;
import org.callclear.schemas.avro.AuthorizationRequest;

/**
 * What makes two requests the same question: SHA-256 over the carrier that is proved to have asked and every field of
 * the request but {@code requestedAt}, each with its length before it. A proxy that asks again asks later.
 */
public record RequestDigest(ByteBuffer sha256) {

    /** @param sha256 32 bytes */
    public RequestDigest {
        sha256 = sha256.asReadOnlyBuffer();
    }

    /** The digest of a question. */
    public static RequestDigest of(Question question) {
        AuthorizationRequest request = question.request();
        MessageDigest digest = sha256Digest();
        add(digest, question.asker().value());
        add(digest, request.getCallId());
        add(digest, request.getSipCallId());
        add(digest, request.getOriginatingCarrier());
        add(digest, request.getProxy());
        add(digest, request.getCalling());
        add(digest, request.getCalled());
        add(digest, Integer.toString(request.getMaxGateways()));
        return new RequestDigest(ByteBuffer.wrap(digest.digest()));
    }

    private static void add(MessageDigest digest, String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A view of the bytes with a position of its own. */
    @Override
    public ByteBuffer sha256() {
        return sha256.duplicate();
    }

    @Override
    public String toString() {
        byte[] bytes = new byte[4];
        sha256.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes) + "…";
    }
}
