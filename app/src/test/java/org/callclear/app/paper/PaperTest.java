package org.callclear.app.paper;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.callclear.settlement.statement.StatementCsv;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All forms of a statement have the same amounts, digit for digit, on every machine. */
class PaperTest {
    private static final Map<String, UnaryOperator<byte[]>> FORMS = Map.of(
            "csv", json -> StatementCsv.of(json).getBytes(StandardCharsets.UTF_8),
            "xlsx", StatementWorkbook::of,
            "pdf", StatementPdf::of);

    static Stream<Arguments> statements() {
        return Stream.of(
                Arguments.of(Named.of("example", Statements.example())),
                Arguments.of(Named.of("empty", Statements.empty())),
                Arguments.of(Named.of("one line", Statements.ofLines(1))),
                Arguments.of(Named.of("5000 lines", Statements.ofLines(5000))));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void theCsvHasTheAmountsOfTheJson(byte[] json) {
        List<String> expected = new ArrayList<>(Statements.amounts(json, "lines"));
        expected.addAll(Statements.amounts(json, "disputed"));
        Statements.tree(json).path("trailer").path("totals").forEach(total -> {
            String currency = " " + total.path("currency").textValue();
            expected.add(Statements.rounding(total) + currency);
            expected.add(total.path("rounding_difference").textValue() + currency);
        });

        Stream<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(StatementCsv.of(json)).stream();

        assertThat(rows.map(row -> row.getField("amount") + " " + row.getField("currency")))
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void theWorkbookHasTheAmountsOfTheJson(byte[] json) {
        WorkbookReader workbook = new WorkbookReader(StatementWorkbook.of(json));

        assertThat(amounts(workbook, 1, "B", "C")).isEqualTo(Statements.summaryAmounts(json));
        assertThat(amounts(workbook, 2, "K", "L")).isEqualTo(withHeading(Statements.amounts(json, "lines")));
        if (workbook.sheets().contains("Disputed")) {
            assertThat(amounts(workbook, 3, "K", "L")).isEqualTo(withHeading(Statements.amounts(json, "disputed")));
        } else {
            assertThat(Statements.amounts(json, "disputed")).isEmpty();
        }
    }

    private static List<String> withHeading(List<String> amounts) {
        return Stream.concat(Stream.of("Amount Currency"), amounts.stream()).toList();
    }

    private static List<String> amounts(WorkbookReader workbook, int sheet, String amount, String currency) {
        List<String> all = new ArrayList<>();
        for (Map<String, WorkbookReader.Cell> row : workbook.rows(sheet)) {
            WorkbookReader.Cell number = row.get(amount);
            WorkbookReader.Cell unit = row.get(currency);
            if (number != null && unit != null) {
                all.add(number.content() + " " + unit.content());
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("statements")
    void theDocumentHasTheAmountsOfTheJson(byte[] json) throws IOException {
        List<String> expected = new ArrayList<>(Statements.summaryAmounts(json));
        expected.addAll(Statements.amounts(json, "lines"));
        expected.addAll(Statements.amounts(json, "disputed"));

        List<String> found = new ArrayList<>();
        Matcher amount = Pattern.compile("(?m)(\\S+ [A-Z]{3})\\s*$").matcher(text(StatementPdf.of(json)));
        while (amount.find()) {
            found.add(amount.group(1));
        }

        assertThat(found).filteredOn(text -> !text.startsWith("in ")).isEqualTo(expected);
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            return stripper.getText(document);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "fr-FR", "en-US", "ar-EG-u-nu-arab", "tr-TR", "hi-IN-u-nu-deva"})
    @ResourceLock(Resources.LOCALE)
    @ResourceLock(Resources.TIME_ZONE)
    void theBytesAreTheSameInEveryLocaleAndTimeZone(String locale) {
        for (byte[] json : List.of(Statements.example(), Statements.empty(), Statements.ofLines(50))) {
            FORMS.forEach((name, form) -> {
                byte[] usual = in(Locale.ROOT, "UTC", () -> form.apply(json));
                byte[] there = in(Locale.forLanguageTag(locale), "Asia/Kathmandu", () -> form.apply(json));

                assertThat(there).as(name).isEqualTo(usual);
            });
        }
    }

    private interface Making {
        byte[] make();
    }

    private static byte[] in(Locale locale, String zone, Making making) {
        Locale before = Locale.getDefault();
        TimeZone zoneBefore = TimeZone.getDefault();
        Locale.setDefault(locale);
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            return making.make();
        } finally {
            Locale.setDefault(before);
            TimeZone.setDefault(zoneBefore);
        }
    }
}
