package org.callclear.app.exchange;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Locale;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.call.CarrierId;

/** A file that goes out, with its audit file. Both are there whole, or neither. */
final class ExportFile implements AutoCloseable {
    private final CarrierId carrier;
    private final long sequence;
    private final Path csvPath;
    private final WholeFile file;
    private final MessageDigest sha256 = FileDigest.sha256();
    private final CsvWriter csv;
    private final Totals.Tally tally = new Totals.Tally();

    private ExportFile(CarrierId carrier, long sequence, Path csvPath, WholeFile file) {
        this.carrier = carrier;
        this.sequence = sequence;
        this.csvPath = csvPath;
        this.file = file;
        this.csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .build(new DigestOutputStream(file.out(), sha256), StandardCharsets.UTF_8);
    }

    /** The name of a carrier's file of a number. */
    static String name(CarrierId carrier, long sequence) {
        return String.format(Locale.ROOT, "cdrs-%s-%06d.csv", carrier, sequence);
    }

    static ExportFile begin(Path folder, CarrierId carrier, long sequence) {
        Path path = folder.resolve(name(carrier, sequence));
        try {
            ExportFile begun = new ExportFile(carrier, sequence, path, WholeFile.begin(path));
            begun.csv.writeRecord(UsageRow.COLUMNS);
            return begun;
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(path, e);
        }
    }

    Path path() {
        return csvPath;
    }

    void write(CallDetailRecord cdr) {
        try {
            csv.writeRecord(UsageRow.of(cdr));
        } catch (UncheckedIOException e) {
            throw unwritable(csvPath, e);
        }
        tally.add(new RowCheck.Said(cdr.getRole(), cdr.getSetupAt(), cdr.getAnsweredAt(), cdr.getEndedAt()));
    }

    Totals totals() {
        return tally.totals();
    }

    /** All is written, and nothing may come after; what the audit file will say. */
    AuditFile finish() {
        try {
            csv.flush();
            file.finish();
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(csvPath, e);
        }
        return new AuditFile(
                carrier.value(), sequence, name(carrier, sequence), FileDigest.hex(sha256.digest()), totals());
    }

    /** Moves both to their places; the audit file first, so that no file is ever there without. */
    void publish(AuditFile audit) {
        Path beside = AuditFile.beside(csvPath);
        try (WholeFile sidecar = WholeFile.begin(beside)) {
            sidecar.out().write(audit.json());
            sidecar.finish();
            sidecar.publish();
            file.publish();
        } catch (IOException e) {
            throw unwritable(beside, e);
        }
    }

    private static ExchangeException unwritable(Path path, Exception e) {
        return new ExchangeException(path + ": cannot be written: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        file.close();
    }
}
