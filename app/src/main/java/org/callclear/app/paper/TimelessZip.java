package org.callclear.app.paper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Takes the time of its making out of a workbook: two of the same statement are then the same file. */
final class TimelessZip {
    private static final String PROPERTIES = "docProps/core.xml";
    private static final String CREATED = "<dcterms:created[^>]*>[^<]*</dcterms:created>";

    /** Not the first instant a zip can name: for that one Java also writes a time that depends on the time zone. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private TimelessZip() {}

    /**
     * The same workbook.
     *
     * @param created what it says of its making, an RFC 3339 instant; empty for nothing
     */
    static byte[] of(byte[] workbook, String created) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(workbook.length);
        try (ZipOutputStream to = new ZipOutputStream(bytes)) {
            for (ZipParts.Part part : ZipParts.of(workbook)) {
                ZipEntry timeless = new ZipEntry(part.name());
                timeless.setTimeLocal(ENTRY_TIME);
                to.putNextEntry(timeless);
                copy(part, to, created);
                to.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static void copy(ZipParts.Part part, OutputStream to, String created) throws IOException {
        if (part.name().equals(PROPERTIES)) {
            to.write(properties(part.content(), created));
        } else {
            try (InputStream content = part.open()) {
                content.transferTo(to);
            }
        }
    }

    private static byte[] properties(byte[] xml, String created) {
        String fixed = created.isEmpty()
                ? ""
                : "<dcterms:created xsi:type=\"dcterms:W3CDTF\">" + created + "</dcterms:created>";
        return new String(xml, StandardCharsets.UTF_8)
                .replaceAll(CREATED, fixed)
                .getBytes(StandardCharsets.UTF_8);
    }
}
