package org.callclear.app.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class StatementPdfTest {
    @Test
    void everyPageSaysWhichOfHowManyOfWhichStatement() throws IOException, NoSuchAlgorithmException {
        byte[] json = Statements.ofLines(500);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));

        List<String> pages = pages(json);

        assertThat(pages).hasSizeGreaterThan(8);
        for (int i = 0; i < pages.size(); i++) {
            assertThat(pages.get(i)).contains("Page " + (i + 1) + " of " + pages.size(), "acme-2026-11-1", digest);
        }
    }

    @Test
    void theHeadOfTheTableIsRepeated() throws IOException {
        List<String> pages = pages(Statements.ofLines(500));

        assertThat(pages.subList(1, pages.size()))
                .allSatisfy(page -> assertThat(page).contains("Rate/min", "zenith"));
        assertThat(pages.getLast()).contains("calls sent to zenith (continued)", "Destination 499");
    }

    @Test
    void theSealStandsUnderTheAuditTotals() throws IOException {
        assertThat(String.join("\n", pages(Statements.sealed())))
                .contains("4711", "02".repeat(32), "01".repeat(32), "0123456789abcdef");
    }

    @Test
    void onlyANameIsCut() throws IOException {
        String text = String.join("\n", pages(Statements.example()));

        assertThat(text).contains("A destination whose name is so lo\u2026 882161234567890");
        assertThat(text.lines().filter(line -> line.contains("882161234567890")))
                .allSatisfy(line -> assertThat(line)
                        .contains("1234567 9007199254740991 9007199254740991 1234567890123.123456 EUR"));
    }

    @Test
    void aCharacterWithoutAGlyphIsAQuestionMarkAndThatIsSaid() throws IOException {
        assertThat(String.join("\n", pages(Statements.example())))
                .contains("Ελλάδα κινητά / Россия мобильные", "??? ?? 20", "A question mark may stand");
        assertThat(String.join("\n", pages(Statements.ofLines(3)))).doesNotContain("question mark");
    }

    @Test
    void aLateLineSaysItsPeriod() throws IOException {
        assertThat(String.join("\n", pages(Statements.example())))
                .contains("late, belongs to period 2026-10@Europe/Berlin");
    }

    @Test
    void whatIsWithheldAndWhatIsNotIncludedIsSaid() throws IOException {
        assertThat(String.join("\n", pages(Statements.example())))
                .contains("Withheld in dispute", "disputed: DURATION_MISMATCH", "without taxes");
    }

    @Test
    void anEmptyStatementIsADocumentToo() throws IOException {
        assertThat(pages(Statements.empty()))
                .singleElement()
                .asString()
                .contains("nothing is payable", "has no lines", "Page 1 of 1");
    }

    private static List<String> pages(byte[] json) throws IOException {
        try (PDDocument document = Loader.loadPDF(StatementPdf.of(json))) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            List<String> pages = new ArrayList<>();
            for (int i = 1; i <= document.getNumberOfPages(); i++) {
                stripper.setStartPage(i);
                stripper.setEndPage(i);
                pages.add(stripper.getText(document));
            }
            return pages;
        }
    }
}
