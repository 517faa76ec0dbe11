package org.callclear.settlement.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementCsvTest {
    @ParameterizedTest
    @CsvSource({"EUR, 12.34", "JPY, 177", "KWD, -0.200"})
    void theLinesAndTheRoundingSumToWhatIsPayable(String currency, BigDecimal payable) throws IOException {
        BigDecimal sum = BigDecimal.ZERO;
        for (NamedCsvRecord row : rows(file("statement-three-currencies.json"))) {
            BigDecimal amount = new BigDecimal(row.getField("amount"));
            boolean counts = row.getField("currency").equals(currency)
                    && !List.of("DISPUTED", "ROUNDING_DIFFERENCE").contains(row.getField("kind"));
            boolean due = row.getField("side").equals("TERMINATING");
            sum = counts ? due ? sum.subtract(amount) : sum.add(amount) : sum;
        }

        assertThat(sum).isEqualByComparingTo(payable);
    }

    @Test
    void theDifferenceToTheExactSumHasARowOfItsOwn() throws IOException {
        assertThat(rows(file("statement-three-currencies.json")))
                .filteredOn(row -> row.getField("kind").equals("ROUNDING_DIFFERENCE"))
                .extracting(row -> row.getField("currency") + " " + row.getField("amount"))
                .containsExactly("EUR -0.005666666667", "JPY -0.141666", "KWD -0.000020");
    }

    @Test
    void whatIsDisputedIsMarked() throws IOException {
        assertThat(rows(file("statement-three-currencies.json")))
                .filteredOn(row -> row.getField("kind").equals("DISPUTED"))
                .extracting(row -> row.getField("amount") + " " + row.getField("class"))
                .containsExactly("10.800000 DURATION_MISMATCH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+49 Germany", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uFF1D1"})
    void aNameThatLooksLikeAFormulaStandsBehindAnApostrophe(String name) {
        assertThat(rows(withDestination(name)).get(0).getField("destination")).isEqualTo("'" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Germany", "Côte d'Ivoire, \"Orange\"", "line\nbreak", "a=b", "'quoted'", "مصر"})
    void anyOtherNameIsAsItWas(String name) {
        assertThat(rows(withDestination(name)).get(0).getField("destination")).isEqualTo(name);
    }

    @Test
    void aNegativeAmountStaysANumber() {
        assertThat(rows(withDestination("Germany")).get(0).getField("amount")).isEqualTo("-0.012200");
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        byte[] json = CanonicalJson.bytes(Map.of(
                "header", Map.of("statement_id", "acme-2026-11-1", "to", "yesterday"),
                "lines", List.of(Map.of("amount", "1,5"), Map.of("amount", 15)),
                "trailer", Map.of("totals", List.of(Map.of("owed", "-0.00", "due", "1.0", "payable", "1")))));

        assertThatThrownBy(() -> StatementCsv.of(json))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains("header.to 'yesterday'", "lines[0].amount '1,5'", "lines[1].amount '15'")
                .contains("trailer.totals[0].owed '-0.00'", "trailer.totals[0].rounding_difference ''")
                .doesNotContain("totals[0].due");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "null"})
    void whatIsNoStatementIsRefused(String json) {
        assertThatThrownBy(() -> StatementCsv.of(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] withDestination(String name) {
        Map<String, Object> line = Map.of("destination", name, "amount", "-0.012200", "currency", "EUR");
        return CanonicalJson.bytes(Map.of("header", Map.of("statement_id", "acme-2026-11-1"), "lines", List.of(line)));
    }

    private static List<NamedCsvRecord> rows(byte[] json) {
        return CsvReader.builder().ofNamedCsvRecord(StatementCsv.of(json)).stream()
                .toList();
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream file = StatementCsvTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        }
    }
}
