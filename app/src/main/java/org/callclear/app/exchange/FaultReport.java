package org.callclear.app.exchange;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows at fault as a file, written as they are found; there is none while there is no fault. For its owner only. */
final class FaultReport implements AutoCloseable {
    private final Path path;
    private @Nullable WholeFile file;
    private @Nullable CsvWriter csv;

    FaultReport(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    void add(List<RowFault> faults) {
        try {
            CsvWriter open = csv;
            if (open == null) {
                WholeFile whole = WholeFile.begin(path);
                file = whole;
                open = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(whole.out());
                csv = open;
                open.writeRecord(RowFault.COLUMNS);
            }
            for (RowFault fault : faults) {
                open.writeRecord(fault.asRow());
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ExchangeException(path + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** Puts the report in its place. */
    void finish() {
        if (csv != null && file != null) {
            try {
                csv.flush();
                file.finish();
                file.publish();
            } catch (IOException e) {
                throw new ExchangeException(path + ": cannot be written: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
