package org.callclear.bench.tokens;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.callclear.bench.harness.TemporaryFolder;
import org.callclear.tokens.SigningKeys;

/** Keys that sign tokens, of which nothing is left on disk. */
public final class Keys {
    private Keys() {}

    /** One key, for a day. */
    public static SigningKeys make(Instant from) {
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            Path path = folder.path();
            return SigningKeys.create(
                    path.resolve("keys.p12"),
                    path.resolve("password"),
                    from,
                    from.plus(Duration.ofDays(1)),
                    new SecureRandom());
        }
    }
}
