package org.callclear.app.exchange;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/** The files that the tests read: one file a lie, named for it. */
final class Shelf {
    static final String CARRIER = "acme";
    /** When the tests read. */
    static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    private Shelf() {}

    static Path file(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(Shelf.class.getResource(name), name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
