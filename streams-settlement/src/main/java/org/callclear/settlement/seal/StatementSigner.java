package org.callclear.settlement.seal;

import java.util.Optional;

/** Signs statements with the clearinghouse's newest key that may sign now. Used by one thread. */
public interface StatementSigner extends AutoCloseable {
    /**
     * A signature.
     *
     * @param keyId of the key, as statement-keys has it
     * @param value 64 bytes, {@link StatementSeal#ALGORITHM}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Signature(String keyId, byte[] value) {}

    /** Why nothing can be signed now, for people; empty when it can. Looks again each time. */
    Optional<String> hindrance();

    /** The signature over a message; empty when no key may sign now. */
    Optional<Signature> sign(byte[] message);

    @Override
    void close();
}
