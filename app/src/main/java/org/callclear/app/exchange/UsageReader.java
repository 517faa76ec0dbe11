package org.callclear.app.exchange;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.callclear.schemas.call.PartyName;

/**
 * Reads a file of usage records row by row: UTF-8, RFC 4180, a header row, the columns in any order. What is wrong with
 * the file as a whole ends the reading; a byte that is not UTF-8 becomes {@link #BROKEN} in its row.
 */
final class UsageReader {
    /** Stands where bytes are not UTF-8. */
    static final char BROKEN = '\uFFFD';

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int LONGEST_FIELD = 1_000_000;
    /** The parser stops when one field does not fit in. */
    private static final int BUFFER = 1 << 20;

    private final Path file;
    private final Taker taker;
    private int[] places = {};
    private int ordinal;

    private UsageReader(Path file, Taker taker) {
        this.file = file;
        this.taker = taker;
    }

    /** Takes what is read, in the order of the file. */
    interface Taker {
        /** A row with as many fields as the header has. */
        void row(UsageRow row);

        /** A line with another number of fields. */
        void misfit(long line, int fields);
    }

    /**
     * Reads the file to its end.
     *
     * @return the SHA-256 of its bytes
     * @throws ExchangeException when it cannot be read, or as a whole is no file of usage records
     */
    static byte[] read(Path file, Taker taker) {
        return new UsageReader(file, taker).read();
    }

    private byte[] read() {
        UsageLines lines = new UsageLines();
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream bytes = new DigestInputStream(in, FileDigest.sha256());
                InputStream buffered = new BufferedInputStream(bytes, 1 << 16)) {
            skipByteOrderMark(buffered);
            parse(buffered, lines);
            buffered.transferTo(java.io.OutputStream.nullOutputStream());
            return bytes.getMessageDigest().digest();
        } catch (CsvParseException e) {
            throw wrong(
                    lines.begun(),
                    "is not CSV from here: a quote is not closed, or a field has more than " + LONGEST_FIELD
                            + " characters");
        } catch (IOException | UncheckedIOException e) {
            throw new ExchangeException(file + ": cannot be read: " + rootOf(e), e);
        }
    }

    private static void skipByteOrderMark(InputStream in) throws IOException {
        in.mark(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            in.reset();
        }
    }

    private void parse(InputStream in, UsageLines lines) {
        boolean header = true;
        for (UsageLines.Line line : CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .skipEmptyLines(true)
                .maxBufferSize(BUFFER)
                .build(lines, new InputStreamReader(in, StandardCharsets.UTF_8))) {
            if (line.broken()) {
                throw wrong(line.number(), "a field goes on over the end of the line; is a quote not closed?");
            }
            if (header) {
                header = false;
                places = places(line);
            } else {
                take(line);
            }
        }
        if (header) {
            throw wrong(1, "is empty; the header must be " + String.join(",", UsageRow.COLUMNS));
        }
    }

    /** Where in a line each of our columns stands. */
    private int[] places(UsageLines.Line header) {
        if (header.fields().size() > 2 * UsageRow.COLUMNS.size()) {
            throw wrong(
                    header.number(),
                    "header: has " + header.fields().size() + " columns, must have "
                            + String.join(",", UsageRow.COLUMNS));
        }
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < header.fields().size(); i++) {
            String name = header.fields().get(i);
            if (!UsageRow.COLUMNS.contains(name)) {
                faults.add("header '" + PartyName.shown(name) + "': no such column");
            } else if (header.fields().indexOf(name) < i) {
                faults.add("header '" + name + "': stands twice");
            }
        }
        UsageRow.COLUMNS.stream()
                .filter(column -> !header.fields().contains(column))
                .forEach(column -> faults.add("header: the column " + column + " is missing"));
        if (!faults.isEmpty()) {
            throw new ExchangeException(faults.stream()
                    .map(fault -> file + ":" + header.number() + ": " + fault)
                    .toList());
        }
        return UsageRow.COLUMNS.stream().mapToInt(header.fields()::indexOf).toArray();
    }

    private void take(UsageLines.Line line) {
        if (line.fields().size() != places.length) {
            ordinal++;
            taker.misfit(line.number(), line.fields().size());
            return;
        }
        List<String> fields = new ArrayList<>(places.length);
        for (int place : places) {
            fields.add(line.fields().get(place));
        }
        taker.row(new UsageRow(line.number(), ordinal++, fields));
    }

    private ExchangeException wrong(long line, String why) {
        return new ExchangeException(file + ":" + line + ": " + why);
    }

    private static String rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }
}
