package org.callclear.app.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive and the file of the keys that hide its numbers belong together. */
class KeyFileTest {
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

    private final LoggedMonths log = new LoggedMonths(6, 8);
    private final List<String> warnings = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path archives;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path keys;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path others;

    @BeforeEach
    void export() {
        archives = folder.resolve("archives");
        keys = folder.resolve("keys.json");
        others = folder.resolve("others.json");
        log.export(LoggedMonths.OCTOBER, archives, keys);
        log.export(LoggedMonths.OCTOBER, folder.resolve("elsewhere"), others);
    }

    private static String id(Path file) {
        return NumberKeys.read(file).id();
    }

    private void assertRefused(ThrowingCallable call) {
        assertThat(id(keys)).isNotEqualTo(id(others));
        assertThatThrownBy(call)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(id(keys))
                .hasMessageContaining(id(others));
    }

    @Test
    void theNextPeriodIsNotExportedWithAnotherKeyFile() {
        assertRefused(() -> log.export(LoggedMonths.NOVEMBER, archives, others));
        assertThat(archives.resolve("2026-11")).doesNotExist();
    }

    @Test
    void anotherKeyFileIsTakenWhenSomebodySaysSo() {
        try (NumberKeys with = NumberKeys.change(others)) {
            new ArchiveExport(log.source, with, log.signer(), LoggedMonths.CLOCK, line -> {})
                    .run(LoggedMonths.NOVEMBER, archives, ArchiveExport.OtherKeys.TAKEN);
        }

        assertThat(ArchiveVerification.of(archives, log.publicKey(), line -> {}).faults())
                .isEmpty();
        ErasureLog erasures = new ErasureLog(keys, LoggedMonths.CLOCK, warnings::add);
        erasures.requireHides(archives);
        assertThat(warnings).singleElement().asString().contains("2026-11").contains(id(others));
    }

    @Test
    void anExportDoesNotGoOnWithAnotherKeyFile() {
        ManifestSigner dying = new ManifestSigner() {
            @Override
            public String keyId() {
                return "statements-1";
            }

            @Override
            public byte[] sign(byte[] content) {
                throw new IllegalStateException("cut off");
            }
        };
        assertThatThrownBy(() -> LoggedMonths.export(log.source, LoggedMonths.NOVEMBER, archives, keys, dying))
                .hasMessage("cut off");

        try (NumberKeys with = NumberKeys.change(others)) {
            ArchiveExport export = new ArchiveExport(log.source, with, log.signer(), LoggedMonths.CLOCK, line -> {});
            assertRefused(() -> export.run(LoggedMonths.NOVEMBER, archives, ArchiveExport.OtherKeys.TAKEN));
        }
        assertThat(log.export(LoggedMonths.NOVEMBER, archives, keys).fresh()).isTrue();
    }

    @Test
    void numbersAreNotShownAndTheJournalIsNotReadWithAnotherKeyFile() {
        NumberKeys wrong = NumberKeys.read(others);

        assertRefused(() -> new ArchiveShow(archives, wrong, true).period(LoggedMonths.OCTOBER, "", "", line -> {}));
        assertRefused(() -> ArchiveLog.open(archives, wrong));
    }

    @Test
    void keysThatDoNotHideWhatIsMeantAreNotErased() {
        ErasureLog erasures = new ErasureLog(others, LoggedMonths.CLOCK, warnings::add);

        assertRefused(() -> erasures.requireHides(archives));

        erasures.requireHides(folder.resolve("elsewhere"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void anotherKeyFileInThePlaceOfTheOneThatWasErasedFromIsRefused() throws IOException {
        ErasureLog erasures = new ErasureLog(keys, LoggedMonths.CLOCK, warnings::add);
        erasures.erase("acme", OCTOBER, "dpo", "request 17");
        String before = id(keys);
        Files.write(keys, Files.readAllBytes(others));

        assertThatThrownBy(() -> erasures.erase("lumen", OCTOBER, "dpo", "request 18"))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(before)
                .hasMessageContaining(id(others));
        assertThat(NumberKeys.read(keys).alive(new KeyName("lumen", OCTOBER))).containsExactly(1);
    }

    @Test
    void aLastLineThatIsNotWholeIsCutOffAndItsErasureCanBeDone() throws IOException {
        ErasureLog erasures = new ErasureLog(keys, LoggedMonths.CLOCK, warnings::add);
        Path file = folder.resolve("keys.json.erasures");
        erasures.erase("acme", OCTOBER, "dpo", "request 17");
        String first = Files.readString(file);
        erasures.erase("lumen", OCTOBER, "dpo", "request 18");
        String second = Files.readString(file);
        erasures.erase("acme", OCTOBER.plusMonths(1), "dpo", "request 19");
        String third = Files.readString(file);

        for (int length = second.length() + 1; length < third.length(); length += 7) {
            Files.writeString(file, third.substring(0, length));
            warnings.clear();
            assertThat(erasures.entries()).hasSize(2);
            assertThat(warnings).singleElement().asString().contains(file.toString());
        }
        log.export(LoggedMonths.OCTOBER, folder.resolve("more"), keys);
        warnings.clear();
        erasures.erase("acme", OCTOBER, "dpo", "request 20");

        assertThat(warnings).singleElement().asString().contains("cut off").contains(file.toString());
        assertThat(erasures.entries())
                .extracting(ErasureLog.Erasure::reason)
                .containsExactly("request 17", "request 18", "request 20");
        assertThat(Files.readString(file)).startsWith(second).startsWith(first);
    }

    @Test
    void aTornLineInTheMiddleStaysAnError() throws IOException {
        ErasureLog erasures = new ErasureLog(keys, LoggedMonths.CLOCK, warnings::add);
        Path file = folder.resolve("keys.json.erasures");
        erasures.erase("acme", OCTOBER, "dpo", "request 17");
        String first = Files.readString(file);
        Files.writeString(file, first.substring(0, first.length() / 2) + "\n" + first);

        assertThatThrownBy(() -> erasures.erase("lumen", OCTOBER, "dpo", "request 18"))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(file + ":1");
        assertThat(NumberKeys.read(keys).alive(new KeyName("lumen", OCTOBER))).containsExactly(1);
    }
}
