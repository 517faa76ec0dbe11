package org.callclear.app.reference;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A CSV file with a header row: UTF-8, RFC 4180. The columns may stand in any order; one that is not known is a fault,
 * as is a row with more or fewer fields than the header.
 */
final class CsvTable {
    private final String file;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    private CsvTable(String file) {
        this.file = file;
    }

    /** Reads a file whole. What is wrong with its form is in {@link #faults()}, never thrown. */
    static CsvTable read(Path path, List<String> required, List<String> optional) {
        String name = String.valueOf(path);
        try {
            return read(name, Files.readAllBytes(path), required, optional);
        } catch (NoSuchFileException e) {
            return unreadable(name, "there is no such file");
        } catch (IOException e) {
            return unreadable(name, "cannot be read: " + e.getMessage());
        }
    }

    /** The same for content that is no file of the file system. */
    static CsvTable read(String name, byte[] content, List<String> required, List<String> optional) {
        CsvTable table = new CsvTable(name);
        CsvLines lines = new CsvLines();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            table.parse(text.startsWith("\uFEFF") ? text.substring(1) : text, lines, required, optional);
        } catch (CharacterCodingException e) {
            table.faults.add(new Fault(name, 0, "", "", "is not UTF-8"));
        } catch (CsvParseException e) {
            table.faults.add(new Fault(name, lines.begun(), "", "", "is not CSV from here: " + rootOf(e)));
        }
        return table;
    }

    private static CsvTable unreadable(String name, String why) {
        CsvTable table = new CsvTable(name);
        table.faults.add(new Fault(name, 0, "", "", why));
        return table;
    }

    private void parse(String text, CsvLines lines, List<String> required, List<String> optional) {
        Map<String, Integer> columns = new HashMap<>();
        boolean header = true;
        for (CsvLines.Line line : CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(true)
                .build(lines, text)) {
            if (header) {
                header = false;
                if (!headerFits(line, columns, required, optional)) {
                    return;
                }
            } else {
                take(line, columns);
            }
        }
        if (header) {
            faults.add(new Fault(file, 1, "", "", "is empty; the header must be " + String.join(",", required)));
        }
    }

    private boolean headerFits(
            CsvLines.Line header, Map<String, Integer> columns, List<String> required, List<String> optional) {
        long line = header.number();
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

    private void take(CsvLines.Line line, Map<String, Integer> columns) {
        int there = line.fields().size();
        if (there != columns.size()) {
            faults.add(new Fault(
                    file,
                    line.number(),
                    "",
                    "",
                    "has " + there + " fields, must have " + columns.size() + " as the header has"));
            return;
        }
        Map<String, String> fields = new HashMap<>();
        columns.forEach((name, index) -> fields.put(name, line.fields().get(index)));
        rows.add(new Row(file, line.number(), fields, faults));
    }

    private static String rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
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
