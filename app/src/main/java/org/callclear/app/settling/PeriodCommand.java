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
     * What is asked for.
     *
     * @param period its name or its id: yyyy-MM, yyyy-Www or yyyy-MM-dd, perhaps with @ and a zone
     * @param zone whose period is meant; empty for every zone in which it is open
     * @param early whether it may be closed before it is over
     * @param requestedBy who asks
     * @param reason why
     */
    public record Wish(String period, String zone, boolean early, String requestedBy, String reason) {}

    /**
     * Writes the command; what becomes of it is on {@code command-outcomes}.
     *
     * @return the command's id
     * @throws SettlingException when it could not be written
     */
    public String close(Wish wish) {
        ClosePeriod command = command(wish);
        desk.send("period " + wish.period(), wish.period(), command);
        return command.getCommandId();
    }

    /**
     * The same, and waits for what becomes of it.
     *
     * @throws SettlingException when it could not be written, or no outcome came in time
     */
    public CommandOutcome closeAndWait(Wish wish, Duration within) {
        ClosePeriod command = command(wish);
        return desk.sendAndWait("period " + wish.period(), wish.period(), command.getCommandId(), command, within);
    }

    private ClosePeriod command(Wish wish) {
        return ClosePeriod.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setPeriod(wish.period())
                .setZone(wish.zone())
                .setEarly(wish.early())
                .setRequestedBy(wish.requestedBy())
                .setRequestedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setReason(wish.reason())
                .build();
    }

    @Override
    public void close() {
        desk.close();
    }
}
