package org.callclear.app.settling;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.wire.KafkaAccess;

/** Asks settlement to decide a dispute. */
public final class DisputeCommand implements AutoCloseable {
    private final CommandDesk desk;
    private final Clock clock;

    private DisputeCommand(KafkaAccess access, Clock clock) {
        this.desk = CommandDesk.open(access, "dispute");
        this.clock = clock;
    }

    /** @param access of the party {@code administration} */
    public static DisputeCommand open(KafkaAccess access, Clock clock) {
        return new DisputeCommand(access, clock);
    }

    /**
     * Writes the command and waits for what becomes of it.
     *
     * @param dispute as it stands
     * @throws SettlingException when the wish does not fit the dispute (a line for each reason, and nothing is written),
     *     when the command could not be written, or when no outcome came in time
     */
    public CommandOutcome resolve(Dispute dispute, DisputeWish wish, Duration within) {
        String id = UUID.randomUUID().toString();
        return switch (wish.answer(dispute, id, clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
            case DisputeWish.Answer.Refused refused ->
                throw new SettlingException(String.join("\n", refused.faults()), null);
            case DisputeWish.Answer.Command asked -> {
                String subject = dispute.getDisputeId();
                yield desk.sendAndWait("dispute " + subject, subject, id, asked.command(), within);
            }
        };
    }

    @Override
    public void close() {
        desk.close();
    }
}
