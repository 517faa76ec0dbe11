package org.callclear.settlement.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A line of a call as the tree has it: its key in the clear, so that the order of leaves can be checked, and a salted
 * hash of all else, which tells nothing to whoever does not have the salt. Whoever is shown a leaf beside a call that is
 * proved learns an entry's key and no more.
 */
public final class Leaf {
    /** Bytes of a period's and of a line's salt. */
    public static final int SALT = Hashes.SIZE;

    private final LineKey key;
    private final byte[] commitment;

    /**
     * A leaf whose line need not be known.
     *
     * @param key where it is sorted
     * @param commitment SHA-256 of the salt and the line's JSON
     */
    public Leaf(LineKey key, byte[] commitment) {
        this.key = key;
        this.commitment = commitment.clone();
    }

    /**
     * The leaf of a line.
     *
     * @param periodSalt the secret of the period, from its closing barrier
     */
    public static Leaf of(CallLine line, String carrier, byte[] periodSalt) {
        return of(line, salt(line.key(), carrier, periodSalt));
    }

    /** The leaf of a line whose salt is known. */
    public static Leaf of(CallLine line, byte[] salt) {
        return new Leaf(line.key(), Hashes.sha256(salt, line.json().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The salt of one line, which may be shown with it: it tells nothing of the period's, or of another line's.
     *
     * @param periodSalt empty where the period was closed by an earlier release, which knew no secret: then it is that many
     *     zero bytes, and the leaves are hidden from nobody
     */
    public static byte[] salt(LineKey key, String carrier, byte[] periodSalt) {
        byte[] secret = periodSalt.length == 0 ? new byte[SALT] : periodSalt;
        return Hashes.hmac(secret, key.bytes(), carrier.getBytes(StandardCharsets.UTF_8));
    }

    /** Where it is sorted. */
    public LineKey key() {
        return key;
    }

    /** SHA-256 of the salt and the line's JSON: 32 bytes. */
    public byte[] commitment() {
        return commitment.clone();
    }

    /** What is hashed: the key, then the commitment; they sort as their keys do. */
    public byte[] bytes() {
        byte[] bytes = Arrays.copyOf(key.bytes(), LineKey.SIZE + commitment.length);
        System.arraycopy(commitment, 0, bytes, LineKey.SIZE, commitment.length);
        return bytes;
    }

    /** Its hash in the tree. */
    public byte[] hash() {
        return MerkleTree.leafHash(bytes());
    }
}
