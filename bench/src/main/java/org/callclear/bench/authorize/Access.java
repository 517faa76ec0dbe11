package org.callclear.bench.authorize;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.callclear.schemas.wire.KafkaAccess;

/** A party's way in, as arguments of a process. */
final class Access {
    /** How many arguments it takes. */
    static final int SIZE = 4;

    private Access() {}

    static List<String> words(KafkaAccess access) {
        KafkaAccess.Tls tls = Objects.requireNonNull(access.tls());
        return List.of(
                access.bootstrapServers(),
                access.registryUrl(),
                tls.trusted().toString(),
                tls.identity().toString());
    }

    static KafkaAccess of(String[] args) {
        return new KafkaAccess(args[0], args[1], new KafkaAccess.Tls(Path.of(args[2]), Path.of(args[3])));
    }
}
