package org.callclear.proxy.kafka;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names for this proxy's set-ups that nobody else can guess. Whoever got hold of a token can present it again and has it
 * refused; that refusal is not of the proxy's own set-up, and must not end it. Nothing is kept for each set-up: its
 * name follows from its transaction and from a secret of this process.
 */
public final class SetupIds {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    /** 128 bits, as in a transaction id. */
    private static final int ID_BYTES = 16;

    private final SecretKeySpec secret;

    private SetupIds(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** Names that no other process, and no earlier one of this proxy, gives. */
    public static SetupIds fresh() {
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        return new SetupIds(secret);
    }

    /** The name of this proxy's set-up in a transaction: 32 hexadecimal digits. */
    String of(String transactionId) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[] all = mac.doFinal(transactionId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(all, ID_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Whether a name is that of this proxy's own set-up in a transaction. */
    boolean isOwn(String transactionId, String setupId) {
        return MessageDigest.isEqual(
                of(transactionId).getBytes(StandardCharsets.UTF_8), setupId.getBytes(StandardCharsets.UTF_8));
    }
}
