package org.callclear.app.archive;

import java.time.Duration;
import java.util.Optional;
import org.callclear.settlement.seal.StatementSigner;

/** The clearinghouse's key for statements, which signs archives too. */
public interface ManifestSigner {
    /** The key's name. */
    String keyId();

    /** 64 bytes: Ed25519 (RFC 8032). */
    byte[] sign(byte[] content);

    /**
     * The key that signs statements now.
     *
     * @param patience how long to wait until it is known which one that is
     * @throws ArchiveException when none may sign
     */
    static ManifestSigner of(StatementSigner statements, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        Optional<String> hindrance = statements.hindrance();
        while (hindrance.isPresent()) {
            if (System.nanoTime() - until > 0) {
                throw new ArchiveException("the archive cannot be signed: " + hindrance.get());
            }
            pause();
            hindrance = statements.hindrance();
        }
        String keyId = signature(statements, new byte[0]).keyId();
        return new ManifestSigner() {
            @Override
            public String keyId() {
                return keyId;
            }

            @Override
            public byte[] sign(byte[] content) {
                StatementSigner.Signature signature = signature(statements, content);
                if (!signature.keyId().equals(keyId)) {
                    throw new ArchiveException("the key that signs statements changed from " + keyId + " to "
                            + signature.keyId() + "; export again");
                }
                return signature.value();
            }
        };
    }

    private static StatementSigner.Signature signature(StatementSigner statements, byte[] content) {
        return statements
                .sign(keyId -> content)
                .orElseThrow(
                        () -> new ArchiveException("the archive cannot be signed: no key may sign statements now"));
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveException("interrupted while waiting for statement-keys", e);
        }
    }
}
