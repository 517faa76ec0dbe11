package org.callclear.app.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.callclear.tokens.secrets.OwnerOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveKilledTest {
    private static final int ROUNDS = 2;
    private static final int LONGEST_MILLIS = 400;
    private static final int MOST_KILLS = 8;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @Test
    void killedAnywhereAndRunAgainTheArchiveIsTheSame()
            throws IOException, GeneralSecurityException, InterruptedException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path signingKey = folder.resolve("key.der");
        OwnerOnly.replace(signingKey, pair.getPrivate().getEncoded());
        Path keys = folder.resolve("keys.json");
        LoggedMonths log = new LoggedMonths(ArchiveVictim.SEED, ArchiveVictim.CALLS);
        Path straight = folder.resolve("straight");
        LoggedMonths.export(log.source, LoggedMonths.OCTOBER, straight, keys, LoggedMonths.signer(pair.getPrivate()));
        Random random = new Random(5);
        int inTheMiddle = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path archives = folder.resolve("killed-" + round);
            int kills = 0;
            boolean done = false;
            while (!done) {
                Path said = folder.resolve("victim-" + round + "-" + kills + ".log");
                Process victim = start(archives, keys, signingKey, said);
                boolean exports = awaitExport(victim, said);
                if (kills < MOST_KILLS) {
                    // A kill finds it in the middle of some file, between two, or before its manifest.
                    victim.waitFor(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS);
                    victim.destroyForcibly();
                }
                done = victim.waitFor() == 0;
                kills++;
                if (exports && !done && !Files.exists(archives.resolve("2026-10/manifest.json"))) {
                    inTheMiddle++;
                }
            }
            assertThat(ArchiveExportTest.digests(archives)).isEqualTo(ArchiveExportTest.digests(straight));
            assertThat(ArchiveVerification.of(archives, pair.getPublic(), line -> {})
                            .faults())
                    .isEmpty();
        }
        assertThat(inTheMiddle).isGreaterThan(2 * ROUNDS);
    }

    /** Until this victim has begun to read the log; false when it ended before that. */
    private static boolean awaitExport(Process victim, Path said) throws IOException, InterruptedException {
        while (!Files.readString(said).contains(ArchiveVictim.EXPORTS)) {
            if (victim.waitFor(5, TimeUnit.MILLISECONDS)) {
                return Files.readString(said).contains(ArchiveVictim.EXPORTS);
            }
        }
        return true;
    }

    private static Process start(Path archives, Path keys, Path signingKey, Path said) throws IOException {
        return new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx320m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ArchiveVictim.class.getName(),
                        archives.toString(),
                        keys.toString(),
                        signingKey.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(said.toFile()))
                .start();
    }
}
