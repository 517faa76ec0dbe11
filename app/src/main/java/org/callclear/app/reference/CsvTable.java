package org.callclear.app.reference;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A CSV file with a header row: UTF-8, RFC 4180. The columns may stand in any order; one that is not known is a fault,
 * as is a row with more or fewer fields than the header.
 */
final class CsvTable {
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int LONGEST_FIELD = 1_000_000;
    /** The parser stops when one field does not fit in. */
    private static final int BUFFER = 1 << 20;

    private final String file;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    private CsvTable(String file) {
        this.file = file;
    }

    /** Reads a file whole. What is wrong with its form is in {@link #faults()}, never thrown. */
    static CsvTable read(Path path, List<String> required, List<String> optional) {
        CsvTable table = new CsvTable(String.valueOf(path));
        table.read(path, required, optional, table.rows::add);
        return table;
    }

    /** The same for content that is no file of the file system. */
    static CsvTable read(String name, byte[] content, List<String> required, List<String> optional) {
        CsvTable table = new CsvTable(name);
        table.read(new ByteArrayInputStream(content), required, optional, table.rows::add);
        return table;
    }

    /** Hands the rows on one by one, for a file too large to keep; {@link #rows()} stays empty. */
    static CsvTable stream(Path path, List<String> required, List<String> optional, Consumer<Row> each) {
        CsvTable table = new CsvTable(String.valueOf(path));
        table.read(path, required, optional, each);
        return table;
    }

    /** The same for content that is no file of the file system. */
    static CsvTable stream(
            String name, byte[] content, List<String> required, List<String> optional, Consumer<Row> each) {
        CsvTable table = new CsvTable(name);
        table.read(new ByteArrayInputStream(content), required, optional, each);
        return table;
    }

    private void read(Path path, List<String> required, List<String> optional, Consumer<Row> each) {
        try (InputStream in = Files.newInputStream(path)) {
            read(in, required, optional, each);
        } catch (NoSuchFileException e) {
            faults.add(new Fault(file, 0, "", "", "there is no such file"));
        } catch (IOException e) {
            faults.add(new Fault(file, 0, "", "", "cannot be read: " + e.getMessage()));
        }
    }

    private void read(InputStream in, List<String> required, List<String> optional, Consumer<Row> each) {
        CsvLines lines = new CsvLines();
        Utf8Watch watch = new Utf8Watch(in);
        try {
            parse(withoutMark(watch), lines, required, optional, each);
        } catch (CsvParseException | UncheckedIOException | IOException e) {
            faults.add(unread(rootOf(e), lines.begun()));
        }
        watch.places().forEach(place -> faults.add(notUtf8(place)));
        faults.sort(Comparator.comparingLong(Fault::line));
    }

    private Fault notUtf8(Utf8Watch.Place place) {
        return new Fault(
                file,
                place.line(),
                "",
                "",
                "byte %d of the line, 0x%02X, is not UTF-8".formatted(place.column(), place.octet()));
    }

    private Fault unread(Throwable root, long line) {
        if (root instanceof IOException) {
            return new Fault(file, line, "", "", "cannot be read from here: " + root.getMessage());
        }
        return new Fault(
                file,
                line,
                "",
                "",
                "is not CSV from here: a quote is not closed, or a field has more than " + LONGEST_FIELD
                        + " characters");
    }

    /** The text after a byte order mark, if there is one. */
    private static Reader withoutMark(InputStream in) throws IOException {
        PushbackReader text = new PushbackReader(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        int first = text.read();
        if (first != BYTE_ORDER_MARK && first >= 0) {
            text.unread(first);
        }
        return text;
    }

    private void parse(Reader text, CsvLines lines, List<String> required, List<String> optional, Consumer<Row> each) {
        Map<String, Integer> columns = new HashMap<>();
        boolean header = true;
        for (CsvLines.Line line : CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(true)
                .maxBufferSize(BUFFER)
                .build(lines, text)) {
            if (header) {
                header = false;
                if (!headerFits(line, columns, required, optional)) {
                    return;
                }
            } else {
                take(line, columns, each);
            }
        }
        if (header) {
            faults.add(new Fault(file, 1, "", "", "is empty; the header must be " + String.join(",", required)));
        }
    }

    private boolean headerFits(
            CsvLines.Line header, Map<String, Integer> columns, List<String> required, List<String> optional) {
        long line = header.number();
        if (header.fields().size() > 2 * (required.size() + optional.size())) {
            faults.add(new Fault(
                    file,
                    line,
                    "header",
                    "",
                    "has " + header.fields().size() + " columns; known are " + all(required, optional)));
            return false;
        }
        for (int i = 0; i < header.fields().size(); i++) {
            String name = header.fields().get(i);
            if (!required.contains(name) && !optional.contains(name)) {
                faults.add(
                        new Fault(file, line, "header", name, "no such column; known are " + all(required, optional)));
            } else if (columns.put(name, i) != null) {
                faults.add(new Fault(file, line, "header", name, "stands twice"));
            }
        }
        for (String name : required) {
            if (!columns.containsKey(name)) {
                faults.add(new Fault(file, line, "header", "", "the column " + name + " is missing"));
            }
        }
        return faults.isEmpty();
    }

    private static String all(List<String> required, List<String> optional) {
        List<String> all = new ArrayList<>(required);
        all.addAll(optional);
        return String.join(",", all);
    }

    private void take(CsvLines.Line line, Map<String, Integer> columns, Consumer<Row> each) {
        int there = line.fields().size();
        if (there != columns.size()) {
            faults.add(new Fault(
                    file,
                    line.number(),
                    "",
                    "",
                    "has " + there + " fields, must have " + columns.size() + " as the header has" + perhaps(line)));
            return;
        }
        each.accept(new Row(file, line.number(), columns, line.fields(), faults));
    }

    /** No field of these files has more than one line: one that does has swallowed the rows behind it. */
    private static String perhaps(CsvLines.Line line) {
        return line.fields().stream().anyMatch(field -> field.indexOf('\n') >= 0)
                ? "; one goes on over several lines: is a quote not closed?"
                : "";
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The file's name as it was given. */
    String file() {
        return file;
    }

    /** The rows that have the right number of fields. */
    List<Row> rows() {
        return rows;
    }

    /** Every fault found so far; checks of the content add theirs. */
    List<Fault> faults() {
        return faults;
    }
}
