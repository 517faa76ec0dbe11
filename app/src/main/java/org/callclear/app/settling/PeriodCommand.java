package org.callclear.app.settling;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.wire.KafkaAccess;

/** Asks settlement to close a period. */
public final class PeriodCommand implements AutoCloseable {
    private final CommandDesk desk;
    private final Clock clock;

    private PeriodCommand(KafkaAccess access, Clock clock) {
        this.desk = CommandDesk.open(access, "period");
        this.clock = clock;
    }

    /** @param access of the party {@code administration} */
    public static PeriodCommand open(KafkaAccess access, Clock clock) {
        return new PeriodCommand(access, clock);
    }

    /**
     * Writes the command; what becomes of it is on {@code command-outcomes}.
     *
     * @param period yyyy-MM or yyyy-MM-dd
     * @param requestedBy who asks
     * @param reason why
     * @return the command's id
     * @throws SettlingException when it could not be written
     */
    public String close(String period, String requestedBy, String reason) {
        ClosePeriod command = command(period, requestedBy, reason);
        desk.send("period " + period, period, command);
        return command.getCommandId();
    }

    /**
     * The same, and waits for what becomes of it.
     *
     * @throws SettlingException when it could not be written, or no outcome came in time
     */
    public CommandOutcome closeAndWait(String period, String requestedBy, String reason, Duration within) {
        ClosePeriod command = command(period, requestedBy, reason);
        return desk.sendAndWait("period " + period, period, command.getCommandId(), command, within);
    }

    private ClosePeriod command(String period, String requestedBy, String reason) {
        return ClosePeriod.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setPeriod(period)
                .setRequestedBy(requestedBy)
                .setRequestedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setReason(reason)
                .build();
    }

    @Override
    public void close() {
        desk.close();
    }
}
