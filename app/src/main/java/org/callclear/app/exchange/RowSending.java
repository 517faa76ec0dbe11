package org.callclear.app.exchange;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.call.CarrierId;

/**
 * The second reading of a file: sends the rows that the first one took, in their order; where a lower version stands
 * after a higher one, in the order of their versions.
 */
final class RowSending implements UsageReader.Taker {
    private final CarrierId carrier;
    private final CheckedFile checked;
    private final RowCheck check;
    private final UsageTransaction transaction;
    private final List<CallDetailRecord> held = new ArrayList<>();

    private RowSending(CarrierId carrier, CheckedFile checked, Instant now, UsageTransaction transaction) {
        this.carrier = carrier;
        this.checked = checked;
        this.check = new RowCheck(carrier.value(), now);
        this.transaction = transaction;
    }

    /**
     * Sends a file.
     *
     * @param now of the first reading
     * @throws ExchangeException when the file is not the one that was checked
     */
    static void send(Path file, CarrierId carrier, CheckedFile checked, Instant now, UsageTransaction transaction) {
        RowSending sending = new RowSending(carrier, checked, now, transaction);
        byte[] digest = UsageReader.read(file, sending);
        if (!Arrays.equals(digest, checked.digestBytes())) {
            throw changed(file);
        }
        sending.held.sort(Comparator.comparingInt(CallDetailRecord::getVersion));
        sending.held.forEach(cdr -> transaction.send(carrier, cdr));
    }

    static ExchangeException changed(Path file) {
        return new ExchangeException(file + ": was changed while it was read; nothing was imported");
    }

    @Override
    public void row(UsageRow row) {
        if (!checked.taken().get(row.ordinal())) {
            return;
        }
        if (!(check.check(row) instanceof RowCheck.Checked.Fit fit)) {
            throw new ExchangeException("line " + row.line() + ": was changed while it was read; nothing was imported");
        }
        if (!checked.backwards().isEmpty() && checked.backwards().contains(RowKey.of(fit.cdr()))) {
            held.add(fit.cdr());
        } else {
            transaction.send(carrier, fit.cdr());
        }
    }

    @Override
    public void misfit(long line, int fields) {
        // The first reading reported it.
    }
}
