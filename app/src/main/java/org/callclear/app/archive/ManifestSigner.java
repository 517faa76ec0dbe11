package org.callclear.app.archive;

/** The clearinghouse's key for statements, which signs archives too. */
public interface ManifestSigner {
    /** The key's name. */
    String keyId();

    /** 64 bytes: Ed25519 (RFC 8032). */
    byte[] sign(byte[] content);
}
