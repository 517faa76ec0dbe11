package org.callclear.app.settling;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.NettingLine;
import org.callclear.schemas.avro.PostNetting;
import org.callclear.schemas.rating.Billing;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.net.Netting;
import org.callclear.settlement.net.PaymentRun;

/** Tells settlement that the payments of a netting are made, so that they stand in the books. */
public final class NettingCommand implements AutoCloseable {
    private final CommandDesk desk;
    private final Clock clock;

    private NettingCommand(KafkaAccess access, Clock clock) {
        this.desk = CommandDesk.open(access, "netting");
        this.clock = clock;
    }

    /** @param access of the party {@code administration} */
    public static NettingCommand open(KafkaAccess access, Clock clock) {
        return new NettingCommand(access, clock);
    }

    /**
     * Writes the command and waits for what becomes of it. Settlement refuses one of a period that ends no later than one
     * already paid in the currency.
     *
     * @param period its name without a zone
     * @throws SettlingException when it could not be written, or no outcome came in time
     */
    public CommandOutcome postAndWait(
            String period, PaymentRun run, String requestedBy, String reason, Duration within) {
        String id = UUID.randomUUID().toString();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        PostNetting command = new PostNetting(id, period, run.currency(), lines(run), requestedBy, now, reason);
        String subject = "netting of " + period + " in " + run.currency();
        return desk.sendAndWait(subject, run.currency(), id, command, within);
    }

    /** What each carrier pays the clearinghouse, or with a minus is paid; those that do neither are left out. */
    public static List<NettingLine> lines(PaymentRun run) {
        return run.lines().stream()
                .filter(line -> !line.participant().equals(Netting.CLEARINGHOUSE)
                        && line.settled().signum() != 0)
                .map(line -> new NettingLine(line.participant(), paid(line)))
                .toList();
    }

    private static BigDecimal paid(PaymentRun.Line line) {
        return line.settled().negate().setScale(Billing.POSTING_SCALE);
    }

    @Override
    public void close() {
        desk.close();
    }
}
