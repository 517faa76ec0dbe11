package org.callclear.app.archive;

import java.nio.file.Path;

/** An export as a process that a test kills: {@code ARCHIVES KEYS SIGNING-KEY}. */
final class ArchiveVictim {
    static final long SEED = 11;
    static final int CALLS = 3_000;

    private ArchiveVictim() {}

    public static void main(String[] args) {
        LoggedMonths.export(
                new LoggedMonths(SEED, CALLS).source,
                LoggedMonths.OCTOBER,
                Path.of(args[0]),
                Path.of(args[1]),
                ManifestKeys.signer(Path.of(args[2]), "statements-1"));
    }
}
