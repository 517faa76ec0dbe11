package org.callclear.settlement.seal;

import java.util.Optional;
import java.util.function.Function;

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

    /**
     * A signature; empty when no key may sign now.
     *
     * @param message what is to be signed, by the id of the key that signs it
     */
    Optional<Signature> sign(Function<String, byte[]> message);

    @Override
    void close();
}
