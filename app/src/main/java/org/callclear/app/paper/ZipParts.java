package org.callclear.app.paper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Reads the parts of a workbook from its central directory. The one that FastExcel writes gives the sizes of a part after it in
 * 64 bits without saying so before, which Java's own reader of streams refuses. Places are those of the ZIP specification (4.3).
 */
final class ZipParts {
    private static final int END_LENGTH = 22;
    private static final int END_COUNT = 10;
    private static final int END_DIRECTORY = 16;
    private static final int ENTRY_LENGTH = 46;
    private static final int ENTRY_PACKED_SIZE = 20;
    private static final int ENTRY_NAME_LENGTH = 28;
    private static final int ENTRY_EXTRA_LENGTH = 30;
    private static final int ENTRY_COMMENT_LENGTH = 32;
    private static final int ENTRY_PLACE = 42;
    private static final int LOCAL_LENGTH = 30;
    private static final int LOCAL_NAME_LENGTH = 26;
    private static final int LOCAL_EXTRA_LENGTH = 28;

    private final ByteBuffer zip;

    private ZipParts(byte[] zip) {
        this.zip = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A part, still packed; it can be read once. */
    record Part(String name, InputStream packed) {
        /** Its content. */
        InputStream open() {
            return new InflaterInputStream(packed, new Inflater(true));
        }

        /** All of its content. */
        byte[] content() throws IOException {
            try (InputStream content = open()) {
                return content.readAllBytes();
            }
        }
    }

    /** All parts, in their order. */
    static List<Part> of(byte[] zip) {
        return new ZipParts(zip).parts();
    }

    private List<Part> parts() {
        int end = zip.capacity() - END_LENGTH;
        int at = zip.getInt(end + END_DIRECTORY);
        List<Part> parts = new ArrayList<>();
        for (int left = zip.getShort(end + END_COUNT); left > 0; left--) {
            int nameLength = zip.getShort(at + ENTRY_NAME_LENGTH);
            String name = new String(zip.array(), at + ENTRY_LENGTH, nameLength, StandardCharsets.US_ASCII);
            InputStream packed = new ByteArrayInputStream(
                    zip.array(), begin(zip.getInt(at + ENTRY_PLACE)), zip.getInt(at + ENTRY_PACKED_SIZE));
            parts.add(new Part(name, packed));
            at += ENTRY_LENGTH
                    + nameLength
                    + zip.getShort(at + ENTRY_EXTRA_LENGTH)
                    + zip.getShort(at + ENTRY_COMMENT_LENGTH);
        }
        return parts;
    }

    private int begin(int local) {
        return local
                + LOCAL_LENGTH
                + zip.getShort(local + LOCAL_NAME_LENGTH)
                + zip.getShort(local + LOCAL_EXTRA_LENGTH);
    }
}
