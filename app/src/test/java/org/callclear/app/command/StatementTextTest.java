package org.callclear.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StatementTextTest {
    private static final String STATEMENT = """
            {"header": {"statement_id": "acme-2026-11-2", "carrier": "acme", "period": "2026-11"},
             "lines": [%s, %s],
             "disputed": [%s],
             "trailer": {
               "totals": [{"currency": "EUR", "owed": "0.015000", "due": "0.000000",
                           "rounding_difference": "0.005000", "payable": "0.02"}],
               "disputed": [{"currency": "EUR", "owed": "0.004000", "due": "0.000000"}]}}
            """.formatted(
                    line("CALLS", "0.012000", ", \"origin_period\": \"2026-10\""),
                    line("ATTEMPTS", "0.003000", ""),
                    line("CALLS", "0.004000", ", \"class\": \"DURATION_MISMATCH\""));

    @Test
    void aLineShowsItsKindAndThePeriodItBelongsTo() throws IOException {
        assertThat(StatementText.of(statement(STATEMENT)).lines())
                .anyMatch(line -> line.contains("CALLS") && line.contains("2026-10") && line.contains("0.012000"))
                .anyMatch(line -> line.contains("ATTEMPTS") && line.contains("0.003000"));
    }

    @Test
    void whatIsWithheldIsShownLineByLineAndSummedUpAndApartFromWhatIsPayable() throws IOException {
        String text = StatementText.of(statement(STATEMENT));

        int withheld = text.indexOf("Withheld");
        assertThat(withheld).isPositive();
        assertThat(text.substring(0, withheld)).contains("0.015000").doesNotContain("0.004000");
        assertThat(text).contains("rounding difference to the exact amount 0.005000");
        assertThat(text.substring(withheld).lines())
                .anyMatch(line ->
                        line.contains("CALLS") && line.contains("DURATION_MISMATCH") && line.contains("0.004000"))
                .anyMatch(line -> line.contains("withheld 0.004000 EUR"));
    }

    @Test
    void whereNothingIsWithheldNothingIsSaidOfIt() throws IOException {
        String nothing = STATEMENT
                .replaceAll("\"disputed\": \\[\\{\"kind[^]]*]", "\"disputed\": []")
                .replaceAll("\"disputed\": \\[\\{\"currency[^]]*]", "\"disputed\": []");

        assertThat(StatementText.of(statement(nothing))).doesNotContainIgnoringCase("withheld");
    }

    @Test
    void aSealIsShownWhereThereIsOne() throws IOException {
        String sealed = STATEMENT
                .replace("\"period\"", "\"previous\": \"0a0b\", \"period\"")
                .replace("\"totals\"", "\"call_lines\": {\"leaves\": 12, \"root\": \"0c0d\"}, \"totals\"")
                .replaceFirst("\\{", "{\"signature\": {\"key\": \"k1\"},");

        assertThat(StatementText.of(statement(sealed)))
                .contains("12 lines of calls, root 0c0d", "SHA-256 0a0b", "signed with key k1");
        assertThat(StatementText.of(statement(sealed.replace("0a0b", "")))).contains("statement before: none");
        assertThat(StatementText.of(statement(STATEMENT))).doesNotContain("Sealed");
    }

    private static JsonNode statement(String json) throws IOException {
        return new ObjectMapper().readTree(json);
    }

    private static String line(String kind, String amount, String more) {
        return ("{\"kind\": \"%s\", \"destination\": \"Germany\", \"prefix\": \"49\", "
                        + "\"rate_per_minute\": \"0.012000\", \"calls\": 1, \"seconds\": 60, \"billed_seconds\": 60, "
                        + "\"amount\": \"%s\", \"currency\": \"EUR\", \"side\": \"ORIGINATING\", "
                        + "\"counterparty\": \"zenith\"%s}")
                .formatted(kind, amount, more);
    }
}
