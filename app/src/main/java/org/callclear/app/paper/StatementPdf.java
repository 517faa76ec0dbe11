package org.callclear.app.paper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.callclear.settlement.statement.StatementView;

/**
 * A statement as a document (PDF, A4): what it comes to, then its lines, then what is withheld in dispute. Every page names
 * the statement, the digest of its JSON, and its own number of how many.
 */
public final class StatementPdf {
    private static final int HEXADECIMAL = 16;
    private static final int DIGITS_OF_AN_ID = 16;

    private StatementPdf() {}

    /**
     * The bytes of the file, the same for the same statement.
     *
     * @param json a statement's canonical JSON
     * @throws IllegalArgumentException when it is not one
     */
    public static byte[] of(byte[] json) {
        StatementView statement = StatementView.of(json);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            describe(document, statement);
            Typeface typeface = Typeface.embeddedIn(document);
            List<Page> pages = Page.of(Layout.of(statement, typeface));
            for (int i = 0; i < pages.size(); i++) {
                draw(document, pages.get(i), statement, "Page " + (i + 1) + " of " + pages.size(), typeface);
            }
            document.save(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has none
        }
        return bytes.toByteArray();
    }

    private static void draw(PDDocument document, Page page, StatementView statement, String number, Typeface typeface)
            throws IOException {
        PDPage sheet = new PDPage(PDRectangle.A4);
        document.addPage(sheet);
        String foot = typeface.printable(statement.header().id() + "   SHA-256 " + statement.digest());
        try (PDPageContentStream stream = new PDPageContentStream(document, sheet)) {
            Painter painter = new Painter(stream, typeface);
            painter.draw(page);
            painter.foot(foot, number);
        }
    }

    /** Everything that PDFBox would take from the clock is taken from the statement. */
    private static void describe(PDDocument document, StatementView statement) {
        PDDocumentInformation information = new PDDocumentInformation();
        information.setTitle("Statement " + statement.header().id());
        information.setProducer("Callclear");
        statement.header().end().map(StatementPdf::calendar).ifPresent(information::setCreationDate);
        document.setDocumentInformation(information);
        document.setDocumentId(Long.parseUnsignedLong(statement.digest().substring(0, DIGITS_OF_AN_ID), HEXADECIMAL));
        document.getDocumentCatalog().setLanguage("en");
    }

    private static GregorianCalendar calendar(Instant instant) {
        return GregorianCalendar.from(instant.atZone(ZoneOffset.UTC));
    }
}
