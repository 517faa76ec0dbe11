package org.callclear.sip.digest;

import java.nio.ByteBuffer;
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
 * Nonces that need no memory until they are used: time and random bits under our MAC. The counts of those that were used
 * well are kept until they expire, so that no request counts twice.
 */
final class Nonces {
    /** What a nonce is worth. */
    enum Worth {
        GOOD,
        EXPIRED,
        FOREIGN
    }

    private static final int MOST_USED = 200_000;
    private static final int WINDOW = 64;
    private static final int BODY = 24;
    private static final int MAC = 16;

    private record Used(long bornMillis, long highest, long window) {}

    private final Clock clock;
    private final SecureRandom random;
    private final Duration lifetime;
    private final SecretKeySpec key;
    private final Map<String, Used> used = new LinkedHashMap<>();

    Nonces(Clock clock, SecureRandom random, Duration lifetime) {
        this.clock = clock;
        this.random = random;
        this.lifetime = lifetime;
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    String next() {
        byte[] salt = new byte[BODY - Long.BYTES];
        random.nextBytes(salt);
        byte[] body =
                ByteBuffer.allocate(BODY).putLong(clock.millis()).put(salt).array();
        byte[] whole = ByteBuffer.allocate(BODY + MAC).put(body).put(mac(body)).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    Worth worth(String nonce) {
        byte[] whole = decode(nonce);
        if (whole.length != BODY + MAC) {
            return Worth.FOREIGN;
        }
        byte[] body = Arrays.copyOf(whole, BODY);
        byte[] mac = Arrays.copyOfRange(whole, BODY, whole.length);
        if (!MessageDigest.isEqual(mac, mac(body))) {
            return Worth.FOREIGN;
        }
        return isExpired(ByteBuffer.wrap(body).getLong()) ? Worth.EXPIRED : Worth.GOOD;
    }

    /**
     * Marks a count as used, for a good nonce whose response was right; false when it was used before, or so far behind
     * that nobody can tell. Counts may overtake each other on UDP by up to 64.
     */
    boolean firstUse(String nonce, long count) {
        forgetExpired();
        Used before = used.get(nonce);
        if (before == null) {
            if (used.size() >= MOST_USED) {
                return false; // a fresh nonce will be asked for: forgetting would let a replay pass
            }
            used.put(nonce, new Used(ByteBuffer.wrap(decode(nonce)).getLong(), count, 1));
            return true;
        }
        long ahead = count - before.highest();
        if (ahead > 0) {
            long window = ahead >= WINDOW ? 1 : (before.window() << ahead) | 1;
            used.put(nonce, new Used(before.bornMillis(), count, window));
            return true;
        }
        long bit = -ahead >= WINDOW ? 0 : 1L << -ahead;
        if (bit == 0 || (before.window() & bit) != 0) {
            return false;
        }
        used.put(nonce, new Used(before.bornMillis(), before.highest(), before.window() | bit));
        return true;
    }

    private void forgetExpired() {
        Iterator<Used> oldest = used.values().iterator();
        while (oldest.hasNext() && isExpired(oldest.next().bornMillis())) {
            oldest.remove();
        }
    }

    private boolean isExpired(long bornMillis) {
        long age = clock.millis() - bornMillis;
        return age < 0 || age > lifetime.toMillis();
    }

    private static byte[] decode(String nonce) {
        try {
            return nonce.length() > 100 ? new byte[0] : Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException notOurs) {
            return new byte[0];
        }
    }

    private byte[] mac(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(body), MAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
