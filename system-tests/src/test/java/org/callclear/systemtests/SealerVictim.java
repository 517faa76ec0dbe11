package org.callclear.systemtests;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Function;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.seal.Sealer;
import org.callclear.settlement.seal.StatementSigner;

/** What seals statements, as a process that a test kills: {@code BOOTSTRAP REGISTRY TRUSTED IDENTITY DIRECTORY}. */
final class SealerVictim {
    private static final int DIED_BY_ITSELF = 3;

    private SealerVictim() {}

    public static void main(String[] args) throws InterruptedException {
        KafkaAccess access = new KafkaAccess(args[0], args[1], new KafkaAccess.Tls(Path.of(args[2]), Path.of(args[3])));
        Sealer sealer = Sealer.start(access, Path.of(args[4]), new Stamp());
        var unused = sealer.ended().whenComplete((nothing, failure) -> {
            if (failure != null) {
                failure.printStackTrace();
            }
            Runtime.getRuntime().halt(DIED_BY_ITSELF);
        });
        Thread.currentThread().join();
    }

    /** Not a signature, but of its length, and the same in every process. */
    private static final class Stamp implements StatementSigner {
        @Override
        public Optional<String> hindrance() {
            return Optional.empty();
        }

        @Override
        public Optional<Signature> sign(Function<String, byte[]> message) {
            try {
                return Optional.of(new Signature(
                        "stamp", MessageDigest.getInstance("SHA-512").digest(message.apply("stamp"))));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
