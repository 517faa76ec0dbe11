package org.callclear.app.archive;

import java.nio.file.Path;
import java.util.Locale;

/** How long an export takes of a log in memory: {@code CALLS DIRECTORY}. Each call has four or five records in the log. */
final class ExportSpeed {
    private ExportSpeed() {}

    public static void main(String[] args) {
        int calls = Integer.parseInt(args[0]);
        Path directory = Path.of(args[1]);
        LoggedMonths log = new LoggedMonths(1, calls / 2);
        long begin = System.nanoTime();
        ArchiveExport.Done done =
                log.export(LoggedMonths.OCTOBER, directory.resolve("archives"), directory.resolve("keys.json"));
        ArchiveExport.Done next =
                log.export(LoggedMonths.NOVEMBER, directory.resolve("archives"), directory.resolve("keys.json"));
        long exported = System.nanoTime();
        ArchiveVerification.Found found =
                ArchiveVerification.of(directory.resolve("archives"), log.publicKey(), line -> {});
        long verified = System.nanoTime();
        System.out.printf(
                Locale.ROOT,
                "%d calls, %d records: export %.1f s, %d bytes a call; verify %.1f s, %d faults%n",
                calls,
                done.records() + next.records(),
                (exported - begin) / 1e9,
                (done.bytes() + next.bytes()) / calls,
                (verified - exported) / 1e9,
                found.faults().size());
    }
}
