package org.callclear.settlement.intake;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.settlement.period.Calendar;
import org.callclear.settlement.period.Closing;
import org.callclear.settlement.period.Closing.Decision;
import org.callclear.settlement.period.Opening;
import org.callclear.settlement.period.Period;
import org.jspecify.annotations.Nullable;

/** Makes the barriers that open calendars and end periods, and the answers to who asked for it. Writes nothing. */
final class PeriodDesk {
    /** Bytes of the secret that the lines of a closed period are salted with. */
    static final int SALT_BYTES = 32;

    private final int partitions;
    private final Supplier<ByteBuffer> salts;

    /**
     * A desk for one journal.
     *
     * @param partitions of the journal
     * @param salts gives {@value #SALT_BYTES} secret bytes that nobody can guess, others each time
     */
    PeriodDesk(int partitions, Supplier<ByteBuffer> salts) {
        this.partitions = partitions;
        this.salts = salts;
    }

    /** What follows from a command: barriers, of which there may be none, and the answer. */
    record Obeyed(List<PeriodBarrier> barriers, CommandOutcome answer) {}

    /** The barriers that calendars begin with, in the period that it is now. */
    List<PeriodBarrier> begin(Collection<Calendar> calendars, InForce inForce, Instant now) {
        return calendars.stream()
                .map(calendar -> barrier(null, Period.at(now, calendar), "", inForce, now))
                .toList();
    }

    /** Obeys a command, or says why not. */
    Obeyed obey(ClosePeriod command, Openings open, InForce inForce, Instant now) {
        String id = command.getCommandId();
        return switch (Closing.decide(command, open.all(), now)) {
            case Decision.Close close -> {
                List<PeriodBarrier> barriers = close.closes().stream()
                        .map(period -> barrier(period.id(), period.next(), id, inForce, now))
                        .toList();
                yield new Obeyed(barriers, answer(id, OutcomeKind.ACCEPTED, closed(close, open.with(barriers)), now));
            }
            case Decision.Repeated repeated -> {
                String detail = "done before; open: " + Closing.listed(repeated.opened());
                yield new Obeyed(List.of(), answer(id, OutcomeKind.ACCEPTED, detail, now));
            }
            case Decision.Refused refused -> new Obeyed(List.of(), answer(id, OutcomeKind.REFUSED, refused.why(), now));
        };
    }

    private static String closed(Decision.Close close, Openings after) {
        return "closed: " + Closing.listed(close.closes()) + "; open: "
                + Closing.listed(after.all().stream().map(Opening::period).toList());
    }

    private PeriodBarrier barrier(
            @Nullable String closes, Period opens, String commandId, InForce inForce, Instant now) {
        return PeriodBarrier.newBuilder()
                .setCloses(closes)
                .setOpens(opens.id())
                .setCarriers(inForce.carriersOf(opens.calendar()))
                .setCommandId(commandId)
                .setAt(now)
                .setZone(opens.calendar().zone().getId())
                .setLength(opens.calendar().length())
                .setPartitions(partitions)
                .setSalt(closes == null ? ByteBuffer.allocate(0) : salts.get())
                .build();
    }

    private static CommandOutcome answer(String id, OutcomeKind outcome, String detail, Instant now) {
        return new CommandOutcome(id, outcome, detail, now);
    }
}
