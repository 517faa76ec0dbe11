package org.callclear.app.reference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.callclear.app.reference.DeckDraft.Placed;
import org.callclear.schemas.avro.RateRow;

/**
 * A rate deck as a file: {@code prefix,destination,rate_per_minute,initial_seconds,increment_seconds,connect_fee,
 * valid_from,valid_to,status}, and {@code currency} where the file says it. An empty {@code valid_to} is open, an empty
 * {@code connect_fee} none.
 */
public final class DeckFile {
    static final String CURRENCY = "currency";
    static final List<String> COLUMNS = List.of(
            "prefix",
            "destination",
            "rate_per_minute",
            "initial_seconds",
            "increment_seconds",
            "connect_fee",
            "valid_from",
            "valid_to",
            "status");

    private DeckFile() {}

    /** Whether two rows of a prefix may be live at the same instant. */
    public enum Overlaps {
        /** No, nor may there be a gap between them: what is published must say one thing, and always something. */
        REFUSED,
        /** Yes: the later {@code valid_from} wins, as everywhere. */
        ALLOWED
    }

    /** Reads and checks a file by itself, against nothing that is known. The rows are in the order of prefixes. */
    public static Checked<List<RateRow>> read(Path path, Overlaps overlaps) {
        return check(draft(path), overlaps);
    }

    /** The same for content that is no file. */
    public static Checked<List<RateRow>> read(String name, byte[] content, Overlaps overlaps) {
        return check(draft(name, content), overlaps);
    }

    /** Reads a file, for {@link DeckImport} to check. */
    public static DeckDraft draft(Path path) {
        DeckReading reading = new DeckReading();
        return reading.draft(CsvTable.stream(path, COLUMNS, List.of(CURRENCY), reading::take));
    }

    /** The same for content that is no file. */
    public static DeckDraft draft(String name, byte[] content) {
        DeckReading reading = new DeckReading();
        return reading.draft(CsvTable.stream(name, content, COLUMNS, List.of(CURRENCY), reading::take));
    }

    /** Checks what was read by itself, against nothing that is known. The rows are in the order of prefixes. */
    public static Checked<List<RateRow>> check(DeckDraft draft, Overlaps overlaps) {
        List<Placed> rows = new ArrayList<>(draft.rows());
        List<Fault> faults = new ArrayList<>(draft.faults());
        rows.sort(Placed.ORDER);
        new DeckTimes(draft, faults).check(rows, overlaps);
        return Checked.of(rows.stream().map(Placed::rate).toList(), faults);
    }
}
