package org.callclear.app.command;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.callclear.tokens.pki.CertificateAuthority;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which certificate authority a command is about. */
final class AuthorityPlace {
    @ArgGroup(exclusive = true)
    private @Nullable Where where;

    /** One of both. */
    static final class Where {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "data directory of an `up`, running or not (default: " + Target.USUAL_DATA + ")")
        private @Nullable Path data;

        @Option(names = "--pki", paramLabel = "DIR", description = "directory of the authority itself")
        private @Nullable Path pki;
    }

    private Path directory() {
        if (where != null && where.pki != null) {
            return where.pki;
        }
        return (where != null && where.data != null ? where.data : Path.of(Target.USUAL_DATA)).resolve("pki");
    }

    /** The data directory of an `up`, which may be asked; null where only the authority is named. */
    @Nullable
    Path data() {
        return where != null && where.pki != null
                ? null
                : where != null && where.data != null ? where.data : Path.of(Target.USUAL_DATA);
    }

    /** The authority that is there. */
    CertificateAuthority open(Clock clock) {
        return CertificateAuthority.open(directory(), clock, new SecureRandom());
    }

    /** The same, or a new one. */
    CertificateAuthority openOrCreate(Clock clock) {
        return CertificateAuthority.openOrCreate(directory(), clock, new SecureRandom());
    }
}
