package org.callclear.tokens;

/** Signs with one private key and never shows it. Safe for many threads. */
interface Signer {
    /** How it signs. */
    TokenAlgorithm algorithm();

    /** The public half, a SubjectPublicKeyInfo in DER. */
    byte[] publicKey();

    /**
     * The signature, 64 bytes.
     *
     * @throws SigningFailedException when what holds the key does not sign
     */
    byte[] sign(byte[] message);
}
