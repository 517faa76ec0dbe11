package org.callclear.systemtests;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Optional;
import java.util.function.Function;
import org.callclear.app.archive.ManifestSigner;
import org.callclear.settlement.seal.StatementSeal;
import org.callclear.settlement.seal.StatementSigner;

/** Signs statements with a key that is made for a test, by the JDK's Ed25519. */
final class TestSigner implements StatementSigner {
    static final String KEY_ID = "test-key";

    private final KeyPair keys;
    private volatile boolean hasKey = true;

    TestSigner() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public half. */
    PublicKey publicKey() {
        return keys.getPublic();
    }

    /** Takes the key away, or gives it back. */
    void hasKey(boolean has) {
        hasKey = has;
    }

    @Override
    public Optional<String> hindrance() {
        return hasKey ? Optional.empty() : Optional.of("the test took the key away");
    }

    @Override
    public Optional<Signature> sign(Function<String, byte[]> message) {
        return hasKey ? Optional.of(new Signature(KEY_ID, signature(message.apply(KEY_ID)))) : Optional.empty();
    }

    private byte[] signature(byte[] message) {
        try {
            var signature = java.security.Signature.getInstance(StatementSeal.ALGORITHM);
            signature.initSign(keys.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a published statement is signed with this key. */
    boolean signed(byte[] published) {
        StatementSeal.Signed parts = StatementSeal.read(published);
        try {
            var signature = java.security.Signature.getInstance(StatementSeal.ALGORITHM);
            signature.initVerify(keys.getPublic());
            signature.update(parts.message());
            return parts.keyId().equals(KEY_ID) && signature.verify(parts.signature());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs manifests of archives with the same key. */
    ManifestSigner ofManifests() {
        return new ManifestSigner() {
            @Override
            public String keyId() {
                return KEY_ID;
            }

            @Override
            public byte[] sign(byte[] content) {
                return signature(content);
            }
        };
    }

    @Override
    public void close() {
        // nothing is open
    }
}
