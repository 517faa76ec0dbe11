package org.callclear.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit's
class FileCheckTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "cdrs-call-id-v4.csv, call_id",
        "cdrs-leg-17.csv, leg",
        "cdrs-leg-word.csv, leg",
        "cdrs-leg-empty.csv, leg",
        "cdrs-role-word.csv, role",
        "cdrs-reported-for-another.csv, originating_carrier",
        "cdrs-terminating-reported-for-another.csv, terminating_carrier",
        "cdrs-carrier-capital.csv, terminating_carrier",
        "cdrs-transaction-upper.csv, transaction_id",
        "cdrs-calling-plus.csv, calling",
        "cdrs-called-short.csv, called",
        "cdrs-setup-no-time.csv, setup_at",
        "cdrs-setup-offset.csv, setup_at",
        "cdrs-setup-microseconds.csv, setup_at",
        "cdrs-setup-day-31.csv, setup_at",
        "cdrs-setup-1999.csv, setup_at",
        "cdrs-answered-before-setup.csv, answered_at",
        "cdrs-ended-before-answered.csv, ended_at",
        "cdrs-ended-ahead.csv, ended_at",
        "cdrs-answered-busy.csv, sip_status",
        "cdrs-unanswered-ok.csv, sip_status",
        "cdrs-cause-128.csv, q850_cause",
        "cdrs-source-word.csv, release_source",
        "cdrs-version-0.csv, version",
        "cdrs-not-utf8.csv, terminating_carrier",
        "cdrs-fields-missing.csv, ''",
        "cdrs-conflict.csv, version"
    })
    void aLieIsReportedWithItsPlaceAndTheOtherRowsAreTaken(String file, String field) {
        CheckedFile checked = check(file);

        assertThat(checked.all().records()).isEqualTo(3);
        assertThat(checked.faulty()).isOne();
        assertThat(checked.taken()).isEqualTo(ordinals(0, 2));
        assertThat(report()).singleElement().satisfies(row -> {
            assertThat(row.line()).isEqualTo(3);
            assertThat(row.fields().get(2)).isEqualTo(field);
            assertThat(row.fields().get(4)).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"cdrs-good.csv", "cdrs-byte-order-mark.csv", "cdrs-columns-turned.csv"})
    void aGoodFileIsTakenWholeAndCountedToTheMillisecond(String file) {
        CheckedFile checked = check(file);

        assertThat(checked.taken()).isEqualTo(ordinals(0, 1, 2));
        assertThat(checked.all()).isEqualTo(checked.takenTotals());
        assertThat(checked.all())
                .isEqualTo(new Totals(
                        3,
                        Instant.parse("2026-11-01T00:00:01Z"),
                        Instant.parse("2026-11-01T00:00:03Z"),
                        2,
                        BigInteger.valueOf(120_500),
                        2,
                        1));
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "cdrs-unknown-column.csv, 1, price",
        "cdrs-missing-column.csv, 1, version",
        "cdrs-column-twice.csv, 1, leg",
        "cdrs-no-header.csv, 1, ended_at",
        "cdrs-open-quote.csv, 3, ''",
        "cdrs-line-break-in-field.csv, 3, ''",
        "cdrs-empty.csv, 1, call_id",
        "cdrs-utf16.csv, 1, call_id"
    })
    void aFileThatIsNoneIsRefusedWhole(String file, long line, String named) {
        assertThatThrownBy(() -> check(file))
                .isInstanceOf(ExchangeException.class)
                .hasMessageContainingAll(file + ":" + line + ":", named);
    }

    @Test
    void everyFaultOfARowIsReportedNotOnlyTheFirst() {
        CheckedFile checked = check("cdrs-several-wrong.csv");

        assertThat(checked.faulty()).isOne();
        assertThat(report())
                .extracting(row -> row.fields().get(2))
                .containsExactlyInAnyOrder("leg", "calling", "called", "answered_at", "ended_at", "q850_cause");
    }

    @Test
    void aReportShowsNoNumberNoSecretAndNoFormula() throws IOException {
        check("cdrs-everything-wrong.csv");

        assertThat(report())
                .extracting(row -> row.fields().get(2))
                .containsExactlyInAnyOrderElementsOf(UsageRow.COLUMNS);
        assertThat(Files.readString(folder.resolve("report.csv")))
                .doesNotContainPattern("[0-9]{7}")
                .doesNotContain(",=");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("report.csv"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aRowThatIsSaidTwiceIsCountedAndTakenOnce() {
        CheckedFile checked = check("cdrs-repeated.csv");

        assertThat(checked.taken()).isEqualTo(ordinals(0, 1));
        assertThat(checked.repeated()).isOne();
        assertThat(checked.faulty()).isZero();
        assertThat(checked.takenTotals().records()).isEqualTo(2);
    }

    @Test
    void aHigherVersionIsACorrectionAndBothAreTaken() {
        CheckedFile checked = check("cdrs-correction.csv");

        assertThat(checked.taken()).isEqualTo(ordinals(0, 1, 2));
        assertThat(checked.corrections()).isOne();
        assertThat(checked.backwards()).isEmpty();
    }

    @Test
    void aCorrectionThatStandsBeforeWhatItCorrectsIsMarkedToBeTurned() {
        CheckedFile checked = check("cdrs-correction-before-what-it-corrects.csv");

        assertThat(checked.taken()).isEqualTo(ordinals(0, 1, 2, 3));
        assertThat(checked.corrections()).isEqualTo(2);
        assertThat(checked.backwards()).hasSize(1);
    }

    @Test
    void correctionsOfWhatOtherFilesSaidAreCountedToo() throws IOException {
        Path file = folder.resolve("corrections.csv");
        Files.writeString(file, Files.readString(Shelf.file("cdrs-good.csv")).replaceAll(",1(?=\\r?\\n)", ",2"));

        CheckedFile checked = check(file);

        assertThat(checked.taken()).isEqualTo(ordinals(0, 1, 2));
        assertThat(checked.corrections()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {200_000, 1_000_000})
    void aHugeFieldIsTheFaultOfItsRowOnly(int characters) throws IOException {
        CheckedFile checked = check(withAField(characters));

        assertThat(checked.taken()).isEqualTo(ordinals(0, 2));
        assertThat(report()).singleElement().satisfies(row -> {
            assertThat(row.line()).isEqualTo(3);
            assertThat(row.fields().get(2)).isEqualTo("terminating_carrier");
            assertThat(row.fields().get(3)).hasSizeLessThan(200);
        });
    }

    @Test
    void aFieldBeyondTheBoundIsRefusedInWordsOfOurOwn() throws IOException {
        Path file = withAField(1_100_000);

        assertThatThrownBy(() -> check(file))
                .isInstanceOf(ExchangeException.class)
                .hasMessageStartingWith(file + ":3: ")
                .hasMessageContaining("1000000")
                .hasMessageNotContaining("buffer");
    }

    /** A good file whose second row has a field that is too long. */
    private Path withAField(int characters) throws IOException {
        String[] lines = Files.readString(Shelf.file("cdrs-good.csv")).split("\\r?\\n", -1);
        lines[2] = lines[2].replace(",acme,,", ",acme," + "z".repeat(characters) + ",");
        return Files.writeString(folder.resolve("huge.csv"), String.join("\n", lines));
    }

    @Test
    void aHeaderAloneIsAFileWithoutRows() {
        assertThat(check("cdrs-header-only.csv").all().records()).isZero();
    }

    @Test
    void aReportThatIsNotFinishedLeavesNothing() {
        try (FaultReport report = new FaultReport(folder.resolve("report.csv"))) {
            FileCheck.check(Shelf.file("cdrs-leg-17.csv"), Shelf.CARRIER, Shelf.NOW, report);
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aHeaderOfAMillionColumnsIsRefusedInAFewWords() throws IOException {
        Path file = Files.writeString(folder.resolve("wide.csv"), "call_id" + ",".repeat(1_000_000) + "\n");

        try (FaultReport report = new FaultReport(folder.resolve("report.csv"))) {
            assertThatThrownBy(() -> FileCheck.check(file, Shelf.CARRIER, Shelf.NOW, report))
                    .isInstanceOf(ExchangeException.class)
                    .hasMessageContaining("wide.csv:1: header")
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_000));
        }
    }

    private CheckedFile check(String file) {
        return check(Shelf.file(file));
    }

    private CheckedFile check(Path file) {
        try (FaultReport report = new FaultReport(folder.resolve("report.csv"))) {
            CheckedFile checked = FileCheck.check(file, Shelf.CARRIER, Shelf.NOW, report);
            report.finish();
            return checked;
        }
    }

    private record Reported(long line, List<String> fields) {}

    private List<Reported> report() {
        try (var csv = de.siegmar.fastcsv.reader.CsvReader.builder().ofCsvRecord(folder.resolve("report.csv"))) {
            return csv.stream()
                    .skip(1)
                    .map(row -> new Reported(Long.parseLong(row.getField(0)), row.getFields()))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static BitSet ordinals(int... ordinals) {
        BitSet bits = new BitSet();
        Arrays.stream(ordinals).forEach(bits::set);
        return bits;
    }
}
