package org.callclear.sip.digest;

import java.io.Serial;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Objects;

/** Counts the hashes that this thread asks Java for, while it is open. */
final class CountedHashes implements AutoCloseable {
    private static final String NAME = "Counted";
    private static final ThreadLocal<long[]> COUNT = ThreadLocal.withInitial(() -> new long[1]);

    CountedHashes() {
        Security.insertProviderAt(new Counting(), 1);
    }

    long count() {
        return COUNT.get()[0];
    }

    @Override
    public void close() {
        Security.removeProvider(NAME);
    }

    private static final class Counting extends Provider {
        @Serial
        private static final long serialVersionUID = 1L;

        Counting() {
            super(NAME, "1", "counts");
            for (String algorithm : new String[] {"MD5", "SHA-256"}) {
                putService(new Service(this, "MessageDigest", algorithm, Counted.class.getName(), null, null) {
                    @Override
                    public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                        COUNT.get()[0]++;
                        return new Counted(MessageDigest.getInstance(
                                algorithm, Objects.requireNonNull(Security.getProvider("SUN"))));
                    }
                });
            }
        }
    }

    private static final class Counted extends MessageDigestSpi {
        private final MessageDigest real;

        Counted(MessageDigest real) {
            this.real = real;
        }

        @Override
        protected void engineUpdate(byte input) {
            real.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            real.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            return real.digest();
        }

        @Override
        protected void engineReset() {
            real.reset();
        }
    }
}
