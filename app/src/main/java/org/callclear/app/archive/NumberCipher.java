package org.callclear.app.archive;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Deterministic authenticated encryption: the SIV composition of Rogaway and Shrimpton with HMAC-SHA-256, cut to 128 bits,
 * as the pseudorandom function that makes the IV, and AES-256 in counter mode under another key. Equal texts give equal
 * ciphertexts and that is all that a ciphertext shows, but for the text's length in steps of 16 bytes; a ciphertext that
 * nobody with the key has made is refused. Decision 0031. For one thread.
 */
final class NumberCipher {
    /** Of a key. */
    static final int KEY_BYTES = 32;

    private static final int BLOCK = 16;
    private static final byte END = (byte) 0x80;
    private static final String MAC = "HmacSHA256";

    private final Mac mac;
    private final Cipher cipher;
    private final SecretKeySpec encryption;

    /** @param key 32 random bytes */
    NumberCipher(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes: must have " + KEY_BYTES);
        }
        try {
            mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(derived(key, "callclear archive numbers: iv"), MAC));
            encryption = new SecretKeySpec(derived(key, "callclear archive numbers: encryption"), "AES");
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256 and AES", e);
        }
    }

    /** Two keys that nobody can tell from two that were drawn apart. */
    private static byte[] derived(byte[] key, String purpose) throws GeneralSecurityException {
        Mac derivation = Mac.getInstance(MAC);
        derivation.init(new SecretKeySpec(key, MAC));
        return derivation.doFinal(purpose.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** 16 bytes of IV, then as many as the text has, rounded up to full 16 with at least one added. */
    byte[] seal(byte[] text) {
        byte[] padded = Arrays.copyOf(text, (text.length / BLOCK + 1) * BLOCK);
        padded[text.length] = END;
        byte[] iv = iv(padded);
        byte[] sealed = Arrays.copyOf(iv, BLOCK + padded.length);
        System.arraycopy(counted(iv, padded), 0, sealed, BLOCK, padded.length);
        return sealed;
    }

    /** The text; empty when this key has not sealed it so. */
    Optional<byte[]> open(byte[] sealed) {
        if (sealed.length < 2 * BLOCK || sealed.length % BLOCK != 0) {
            return Optional.empty();
        }
        byte[] iv = Arrays.copyOf(sealed, BLOCK);
        byte[] padded = counted(iv, Arrays.copyOfRange(sealed, BLOCK, sealed.length));
        if (!MessageDigest.isEqual(iv, iv(padded))) {
            return Optional.empty();
        }
        int end = padded.length - 1;
        while (padded[end] == 0) {
            end--;
        }
        return Optional.of(Arrays.copyOf(padded, end));
    }

    private byte[] iv(byte[] padded) {
        return Arrays.copyOf(mac.doFinal(padded), BLOCK);
    }

    private byte[] counted(byte[] iv, byte[] text) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, encryption, new IvParameterSpec(iv));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in counter mode takes any text", e);
        }
    }
}
