package org.callclear.app.paper;

import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/** Puts texts and lines on a page. Measures are in points from the lower left corner. */
final class Ink {
    static final float BLACK = 0;
    static final float GREY = 0.55f;
    static final float PALE = 0.87f;
    private static final float SHADE = 0.92f;
    private static final float THIN = 0.4f;
    /** The font has no bold: its outlines are drawn this much thicker. */
    private static final float BOLDER = 0.035f;

    private final PDPageContentStream stream;
    private final Typeface typeface;

    Ink(PDPageContentStream stream, Typeface typeface) {
        this.stream = stream;
        this.typeface = typeface;
    }

    /** A text from x on, whole: smaller when it would be wider than given. */
    void small(String text, float x, float y, float width, float size, boolean bold) throws IOException {
        show(text, x, y, fitting(text, width, size), bold);
    }

    /** A text up to x, whole: smaller when it would be wider than given. */
    void right(String text, float x, float y, float width, float size, boolean bold) throws IOException {
        float fitting = fitting(text, width, size);
        show(text, x - typeface.width(text, fitting), y, fitting, bold);
    }

    /** A text from x on, cut when it would be wider than given. */
    void cut(String text, float x, float y, float width, float size) throws IOException {
        show(typeface.cut(text, size, width), x, y, size, false);
    }

    void rule(float x, float y, float width, float grey) throws IOException {
        stream.setLineWidth(THIN);
        stream.setStrokingColor(grey);
        stream.moveTo(x, y);
        stream.lineTo(x + width, y);
        stream.stroke();
    }

    void box(float x, float y, float width, float height) throws IOException {
        stream.setNonStrokingColor(SHADE);
        stream.addRect(x, y, width, height);
        stream.fill();
        stream.setNonStrokingColor(BLACK);
    }

    private float fitting(String text, float width, float size) {
        float wide = typeface.width(text, size);
        return wide <= width ? size : size * width / wide;
    }

    private void show(String text, float x, float y, float size, boolean bold) throws IOException {
        if (text.isBlank()) {
            return;
        }
        stream.beginText();
        stream.setFont(typeface.font(), size);
        if (bold) {
            stream.setStrokingColor(BLACK);
            stream.setLineWidth(size * BOLDER);
        }
        stream.setRenderingMode(bold ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
        stream.newLineAtOffset(x, y);
        stream.showText(text);
        stream.endText();
    }
}
