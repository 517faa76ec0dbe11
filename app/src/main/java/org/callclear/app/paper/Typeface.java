package org.callclear.app.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * The one font of a document, embedded: Liberation Sans (SIL Open Font License), which comes with PDFBox. It has Latin, Greek
 * and Cyrillic letters. A character that it lacks, or that is written from right to left, is shown as a question mark.
 */
final class Typeface {
    private static final String FILE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final String ELLIPSIS = "\u2026";
    private static final String UNKNOWN = "?";
    private static final float UNITS = 1000;

    private final PDFont font;
    private final Map<Integer, Float> advances = new HashMap<>();
    private boolean replaced;

    private Typeface(PDFont font) {
        this.font = font;
    }

    static Typeface embeddedIn(PDDocument document) throws IOException {
        try (InputStream file = PDDocument.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("PDFBox has no " + FILE + " any more");
            }
            TrueTypeFont font = new TTFParser(true).parse(new RandomAccessReadBuffer(file));
            document.registerTrueTypeFontForClosing(font);
            // Ligatures: most of the time of a long statement would go into looking for them.
            font.setEnableGsub(false);
            return new Typeface(PDType0Font.load(document, font, true));
        }
    }

    PDFont font() {
        return font;
    }

    /** Whether any character had to be replaced. */
    boolean hasReplaced() {
        return replaced;
    }

    /** A text with only what can be shown. */
    String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (Character.isISOControl(character) || Character.isSpaceChar(character)) {
                shown.append(' ');
            } else if (advance(character) < 0) {
                shown.append(UNKNOWN);
                replaced = true;
            } else {
                shown.appendCodePoint(character);
            }
        });
        return shown.toString();
    }

    /** How wide a printable text is, in points. */
    float width(String text, float size) {
        float sum = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            sum += advance(text.codePointAt(i));
        }
        return sum * size / UNITS;
    }

    /** A printable text that is cut, with an ellipsis, when it is wider than given. */
    String cut(String text, float size, float width) {
        if (width(text, size) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + ELLIPSIS, size) > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end).stripTrailing() + ELLIPSIS;
    }

    /** A printable text in lines no wider than given, broken at spaces where there are any. */
    List<String> wrapped(String text, float size, float width) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (width(rest, size) > width) {
            int end = fitting(rest, size, width);
            int space = rest.lastIndexOf(' ', end);
            int at = space > 0 ? space : end;
            lines.add(rest.substring(0, at).stripTrailing());
            rest = rest.substring(at).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    private int fitting(String text, float size, float width) {
        float sum = 0;
        int end = 0;
        while (end < text.length()) {
            sum += advance(text.codePointAt(end)) * size / UNITS;
            if (sum > width && end > 0) {
                return end;
            }
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    /** In thousandths of the size; negative for a character that cannot be shown. */
    private float advance(int character) {
        return advances.computeIfAbsent(character, this::measured);
    }

    private float measured(int character) {
        byte direction = Character.getDirectionality(character);
        if (direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC) {
            return -1;
        }
        try {
            return font.getStringWidth(Character.toString(character));
        } catch (IllegalArgumentException e) {
            return -1; // what PDFBox says of a character without a glyph
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
