package org.callclear.app.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.callclear.app.exchange.SeenRows.Sight;
import org.callclear.schemas.avro.CallDetailRecord;

/** The first reading of a file: which rows are to be taken, and what is wrong with the others. Writes only the report. */
final class FileCheck implements UsageReader.Taker {
    /** Rows whose order has to be turned are held in memory by the second reading. */
    private static final int MOST_BACKWARDS = 50_000;

    private final RowCheck check;
    private final FaultReport report;
    private final SeenRows seen = new SeenRows();
    private final Totals.Tally all = new Totals.Tally();
    private final Totals.Tally takenTally = new Totals.Tally();
    private final BitSet taken = new BitSet();
    private final MessageDigest sha256 = FileDigest.sha256();
    private long corrections;
    private long repeated;
    private long faulty;

    private FileCheck(RowCheck check, FaultReport report) {
        this.check = check;
        this.report = report;
    }

    /**
     * Reads a file.
     *
     * @param carrier who reports
     * @throws ExchangeException when the file as a whole cannot be used
     */
    static CheckedFile check(Path file, String carrier, Instant now, FaultReport report) {
        FileCheck reading = new FileCheck(new RowCheck(carrier, now), report);
        byte[] digest = UsageReader.read(file, reading);
        if (reading.seen.backwardsRows() > MOST_BACKWARDS) {
            throw new ExchangeException(file + ": more than " + MOST_BACKWARDS
                    + " rows stand before an older version of themselves; sort the file by version");
        }
        return reading.result(digest);
    }

    private CheckedFile result(byte[] digest) {
        return new CheckedFile(
                ByteBuffer.wrap(digest),
                all.totals(),
                taken,
                takenTally.totals(),
                seen.backwards(),
                corrections,
                repeated,
                faulty);
    }

    @Override
    public void row(UsageRow row) {
        RowCheck.Checked checked = check.check(row);
        all.add(checked.said());
        switch (checked) {
            case RowCheck.Checked.Fit fit -> compare(row, fit);
            case RowCheck.Checked.Unfit unfit -> refuse(unfit.faults());
        }
    }

    @Override
    public void misfit(long line, int fields) {
        all.addUnread();
        refuse(List.of(RowFault.ofRow(
                line, "", "has " + fields + " fields, must have " + UsageRow.COLUMNS.size() + " as the header has")));
    }

    private void compare(UsageRow row, RowCheck.Checked.Fit fit) {
        CallDetailRecord cdr = fit.cdr();
        switch (seen.see(RowKey.of(cdr), cdr.getVersion(), content(cdr), row.line())) {
            case Sight.First first -> take(row, fit);
            case Sight.Correction correction -> take(row, fit);
            case Sight.Repeated again -> repeated++;
            case Sight.Conflict conflict ->
                refuse(List.of(RowFault.of(
                        row,
                        "version",
                        "line " + conflict.line()
                                + " says something else of this call, leg and role under the same version")));
        }
    }

    private void take(UsageRow row, RowCheck.Checked.Fit fit) {
        taken.set(row.ordinal());
        takenTally.add(fit.said());
        if (fit.cdr().getVersion() > 1) {
            corrections++;
        }
    }

    private void refuse(List<RowFault> faults) {
        faulty++;
        report.add(faults);
    }

    /** All that a record says, in 64 bits. */
    private long content(CallDetailRecord cdr) {
        StringBuilder text = new StringBuilder(200);
        text.append(cdr.getTransactionId()).append(',');
        text.append(cdr.getOriginatingCarrier())
                .append(',')
                .append(cdr.getTerminatingCarrier())
                .append(',');
        text.append(cdr.getCalling()).append(',').append(cdr.getCalled()).append(',');
        Instant answeredAt = cdr.getAnsweredAt();
        text.append(cdr.getSetupAt().toEpochMilli()).append(',');
        text.append(answeredAt == null ? "" : Long.toString(answeredAt.toEpochMilli()))
                .append(',');
        text.append(cdr.getEndedAt().toEpochMilli())
                .append(',')
                .append(cdr.getSipStatus())
                .append(',');
        text.append(cdr.getQ850Cause()).append(',').append(cdr.getReleaseSource());
        return ByteBuffer.wrap(sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
