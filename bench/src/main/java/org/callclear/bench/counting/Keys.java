package org.callclear.bench.counting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.callclear.tokens.SigningKeys;

/** Keys that sign tokens, of which nothing is left on disk. */
final class Keys {
    private Keys() {}

    static SigningKeys make(Instant from) {
        try {
            Path folder = Files.createTempDirectory("callclear-bench");
            try {
                return SigningKeys.create(
                        folder.resolve("keys.p12"),
                        folder.resolve("password"),
                        from,
                        from.plus(Duration.ofDays(1)),
                        new SecureRandom());
            } finally {
                try (Stream<Path> left = Files.list(folder)) { // the keys, their password and a lock
                    for (Path file : left.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no key could be made", e);
        }
    }
}
