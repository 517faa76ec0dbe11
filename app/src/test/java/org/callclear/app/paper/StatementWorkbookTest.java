package org.callclear.app.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.callclear.app.paper.WorkbookReader.Cell;
import org.junit.jupiter.api.Test;

class StatementWorkbookTest {
    private final WorkbookReader workbook = new WorkbookReader(StatementWorkbook.of(Statements.example()));

    @Test
    void hasASheetForEachPart() {
        assertThat(workbook.sheets()).containsExactly("Summary", "Lines", "Disputed");
        assertThat(new WorkbookReader(StatementWorkbook.of(Statements.empty())).sheets())
                .containsExactly("Summary", "Lines");
    }

    @Test
    void theSealStandsUnderTheAuditTotals() {
        assertThat(new WorkbookReader(StatementWorkbook.of(Statements.sealed()))
                        .rows(1).stream().flatMap(row -> row.values().stream()).map(Cell::content))
                .contains("4711", "02".repeat(32), "01".repeat(32), "0123456789abcdef");
        assertThat(workbook.rows(1).stream()
                        .flatMap(row -> row.values().stream())
                        .map(Cell::content))
                .doesNotContain("Root", "Signed with key");
    }

    @Test
    void whyAnAmountIsWithheldStandsBesideIt() {
        assertThat(workbook.rows(3).get(1)).containsEntry("M", new Cell("s", "DURATION_MISMATCH"));
        assertThat(workbook.rows(2)).noneMatch(row -> row.containsKey("M"));
    }

    @Test
    void anAmountIsANumberUnlessASpreadsheetWouldLoseADigit() {
        List<Map<String, Cell>> lines = workbook.rows(2);

        assertThat(lines.get(1)).containsEntry("K", new Cell("n", "1940.000400"));
        assertThat(lines.get(2)).containsEntry("K", new Cell("n", "0.000001"));
        assertThat(lines.get(5))
                .containsEntry("K", new Cell("s", "1234567890123.123456"))
                .containsEntry("I", new Cell("s", "9007199254740991"));
        assertThat(lines.get(7)).containsEntry("K", new Cell("n", "-0.012200"));
    }

    @Test
    void aNameIsNeverAFormula() {
        assertThat(workbook.rows(2).get(6))
                .containsEntry("A", new Cell("s", "=HYPERLINK(\"http://example.invalid\",\"pay here\")"));
        assertThat(workbook.xml("xl/worksheets/sheet2.xml")).doesNotContain("<f>");
    }

    @Test
    void theSummarySaysWhatFinanceAsks() {
        List<String> words = workbook.rows(1).stream()
                .flatMap(row -> row.values().stream())
                .map(Cell::content)
                .toList();

        assertThat(words)
                .contains(
                        "acme-2026-11@Europe/Berlin-7",
                        "Europe/Berlin",
                        "acme-in@2, acme-out@3, acme-out@4",
                        "Payable by acme")
                .contains("1283112", "2026-10-28", "callclear-settlement/2")
                .anyMatch(text -> text.contains("without taxes"))
                .anyMatch(text -> text.contains("partition 3: 1191 to before 89005"));
    }

    @Test
    void isReadyToPrint() {
        assertThat(workbook.xml("xl/worksheets/sheet2.xml")).contains("Page &amp;P of &amp;N", "state=\"frozen\"");
        assertThat(workbook.xml("xl/workbook.xml")).contains("_xlnm.Print_Titles", "'Lines'!$1:$1");
        assertThat(workbook.xml("xl/styles.xml")).contains("formatCode=\"0.000000\"");
    }

    @Test
    void saysTheEndOfThePeriodForTheTimeOfItsMaking() {
        assertThat(workbook.xml("docProps/core.xml")).contains(">2026-11-30T23:00:00Z<");
        assertThat(new WorkbookReader(StatementWorkbook.of(Statements.empty())).xml("docProps/core.xml"))
                .doesNotContain("created");
    }
}
