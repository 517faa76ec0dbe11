package org.callclear.sip.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that need no memory until they are used: time, algorithm, random bits and what they were given for, under our
 * MAC. Each opens one request: those that were used well are kept until they expire.
 */
final class Nonces {
    /** What a nonce is worth. */
    enum Worth {
        GOOD,
        EXPIRED,
        /** Ours, but asked for by a request for something else. */
        MISPLACED,
        FOREIGN
    }

    private static final int MOST_USED = 200_000;
    private static final int SALT = 9;
    private static final int PURPOSE = 8;
    private static final int BODY = Long.BYTES + 1 + SALT + PURPOSE;
    private static final int MAC = 16;

    private final Clock clock;
    private final SecureRandom random;
    private final Duration lifetime;
    private final SecretKeySpec key;
    private final Map<String, Long> used = new LinkedHashMap<>();

    Nonces(Clock clock, SecureRandom random, Duration lifetime) {
        this.clock = clock;
        this.random = random;
        this.lifetime = lifetime;
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** A nonce for one answer by this algorithm, to a request for this. */
    String next(Algorithm algorithm, String purpose) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        byte[] head = ByteBuffer.allocate(BODY - PURPOSE)
                .putLong(clock.millis())
                .put(algorithm.mark)
                .put(salt)
                .array();
        byte[] body =
                ByteBuffer.allocate(BODY).put(head).put(mark(head, purpose)).array();
        return encode(
                ByteBuffer.allocate(BODY + MAC).put(body).put(mac(body, MAC)).array());
    }

    Worth worth(String nonce, Algorithm algorithm, String purpose) {
        byte[] whole = decode(nonce);
        // One text a nonce: base64 that leaves bits open would give a used nonce a second face.
        if (whole.length != BODY + MAC || !encode(whole).equals(nonce)) {
            return Worth.FOREIGN;
        }
        byte[] body = Arrays.copyOf(whole, BODY);
        byte[] mac = Arrays.copyOfRange(whole, BODY, whole.length);
        if (!MessageDigest.isEqual(mac, mac(body, MAC)) || body[Long.BYTES] != algorithm.mark) {
            return Worth.FOREIGN;
        }
        byte[] head = Arrays.copyOf(body, BODY - PURPOSE);
        byte[] mark = Arrays.copyOfRange(body, BODY - PURPOSE, BODY);
        if (!MessageDigest.isEqual(mark, mark(head, purpose))) {
            return Worth.MISPLACED;
        }
        long age = clock.millis() - ByteBuffer.wrap(body).getLong();
        return age < 0 || age > lifetime.toMillis() ? Worth.EXPIRED : Worth.GOOD;
    }

    /** Marks a good nonce whose response was right as used; false when it was used before. */
    boolean firstUse(String nonce) {
        forgetExpired();
        if (used.size() >= MOST_USED) {
            return false; // a fresh nonce will be asked for: forgetting would let a replay pass
        }
        return used.putIfAbsent(nonce, ByteBuffer.wrap(decode(nonce)).getLong()) == null;
    }

    /** A nonce from the future, after a clock was put back, is kept: it will be good again. */
    private void forgetExpired() {
        Iterator<Long> oldest = used.values().iterator();
        while (oldest.hasNext() && clock.millis() - oldest.next() > lifetime.toMillis()) {
            oldest.remove();
        }
    }

    private static String encode(byte[] whole) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    private static byte[] decode(String nonce) {
        try {
            return nonce.length() > 100 ? new byte[0] : Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException notOurs) {
            return new byte[0];
        }
    }

    private byte[] mark(byte[] head, String purpose) {
        byte[] text = purpose.getBytes(StandardCharsets.UTF_8);
        return mac(
                ByteBuffer.allocate(head.length + text.length)
                        .put(head)
                        .put(text)
                        .array(),
                PURPOSE);
    }

    private byte[] mac(byte[] body, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(body), length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
