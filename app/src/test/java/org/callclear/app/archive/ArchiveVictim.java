package org.callclear.app.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;

/** An export as a process that a test kills: {@code ARCHIVES KEYS SIGNING-KEY}. */
final class ArchiveVictim {
    static final long SEED = 11;
    static final int CALLS = 3_000;
    /** What it says when it begins to read the log: from there on a kill finds it in the middle of an export. */
    static final String EXPORTS = "exports";

    private ArchiveVictim() {}

    public static void main(String[] args) throws IOException, GeneralSecurityException {
        MemorySource source = new LoggedMonths(SEED, CALLS).source;
        source.onRead(() -> System.out.println(EXPORTS));
        LoggedMonths.export(
                source,
                LoggedMonths.OCTOBER,
                Path.of(args[0]),
                Path.of(args[1]),
                LoggedMonths.signer(KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(Path.of(args[2]))))));
    }
}
