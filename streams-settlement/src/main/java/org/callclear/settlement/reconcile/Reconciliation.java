package org.callclear.settlement.reconcile;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallAttempt;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.settlement.firstsight.FirstSight;
import org.callclear.settlement.firstsight.FirstSight.Sight;
import org.callclear.settlement.reconcile.LegReview.Event;

/**
 * Keeps the file of a call: the grant and the reports, in whatever order they come. After each event the attempts it
 * touches are judged anew from all that is known; what changed is found.
 *
 * <p>Time here is the journal's: the latest instant that any record of the partition carried. The file that goes in is
 * taken over and changed.
 */
public final class Reconciliation {
    private static final long MILLIS = 1000;

    private final TermsBook book;
    /**
     * How long one side's report waits for the other where its contract does not say. A rule of the engine and no setting: a
     * statement must follow from the journal alone.
     */
    public static final Duration USUAL_DELAY = Duration.ofMinutes(5);

    private final long usualDelayMillis;

    /** @param usualDelayMillis how long one side waits for the other where its contract does not say, in log time */
    public Reconciliation(TermsBook book, long usualDelayMillis) {
        this.book = book;
        this.usualDelayMillis = usualDelayMillis;
    }

    /** The grant came. Only the first one of a call counts: the clearinghouse may write it again after a restart. */
    public List<Finding> granted(CallFile file, Grant grant, Moment now) {
        Occasion why = Occasion.of(file, now, Event.of("LATE_REPORT"));
        if (file.getGrant() == null) {
            file.setGrant(Files.of(grant, book));
            for (int leg : legs(file)) {
                review(file, leg, why);
            }
        }
        return why.findings();
    }

    /** A side's report of an attempt came. */
    public List<Finding> reported(CallFile file, AcceptedCdr accepted, Moment now) {
        FileReport report = Files.of(accepted, book);
        FileReport known = FirstSight.known(file.getReports(), accepted);
        Sight sight = FirstSight.judge(known, report);
        return switch (sight) {
            case FIRST -> first(file, report, accepted, now);
            case CORRECTION -> corrected(file, Objects.requireNonNull(known), report, accepted, now);
            case REPEATED -> List.of(new Finding.Repeated());
            case TOO_MANY_VERSIONS ->
                List.of(new Finding.SetAside(
                        accepted, sight.name(), "corrected " + FirstSight.MOST_CORRECTIONS + " times already"));
            case CONFLICT ->
                List.of(new Finding.SetAside(accepted, sight.name(), "another content in the version already known"));
            case SUPERSEDED ->
                List.of(new Finding.SetAside(
                        accepted, sight.name(), "a lower version than the one already known, with another content"));
        };
    }

    /** The time may be up that attempts waited for their other sides. */
    public List<Finding> timeIsUp(CallFile file, Moment now) {
        Occasion why = Occasion.of(file, now, Event.of("LATE_REPORT"));
        for (LegState leg : file.getLegs()) {
            long until = waitsUntil(file, leg);
            if (until != Files.NONE && until <= now.logMillis()) {
                leg.setGivenUp(true);
                new LegReview(file, leg, book, why).look(false);
            }
        }
        return why.findings();
    }

    /** People decided a dispute. */
    public List<Finding> resolved(CallFile file, ResolveDispute command, Moment now) {
        return new Commands(file, now).resolve(command, event -> legReview(file, command.getLeg(), now, event));
    }

    /** One side of a call is to be priced anew. */
    public List<Finding> rerated(CallFile file, RerateCall command, Moment now) {
        long terms = book.numberOf(command.getTerms());
        return new Commands(file, now).rerate(command, terms, event -> legReview(file, command.getLeg(), now, event));
    }

    /** Until when something is awaited, log time in ms; {@link Files#NONE} when nothing is. */
    public long waitsUntil(CallFile file) {
        long earliest = Long.MAX_VALUE;
        for (LegState leg : file.getLegs()) {
            long until = waitsUntil(file, leg);
            earliest = until == Files.NONE ? earliest : Math.min(earliest, until);
        }
        return earliest == Long.MAX_VALUE ? Files.NONE : earliest;
    }

    private long waitsUntil(CallFile file, LegState leg) {
        if (leg.getWaitsSince() == 0 || leg.getGivenUp()) {
            return Files.NONE;
        }
        long delay = Attempt.of(file, leg).agreement().getOneSidedDelaySeconds() * MILLIS;
        return leg.getWaitsSince() + (delay == 0 ? usualDelayMillis : delay);
    }

    private List<Finding> first(CallFile file, FileReport report, AcceptedCdr accepted, Moment now) {
        Stamps before = Stamps.of(file, report.getLeg());
        Occasion why = Occasion.of(file, now, Event.of("LATE_REPORT"));
        file.getReports().add(report);
        letFall(file, report, before);
        return taken(file, accepted, why);
    }

    private List<Finding> corrected(
            CallFile file, FileReport known, FileReport report, AcceptedCdr accepted, Moment now) {
        List<ByteBuffer> earlier = new ArrayList<>(known.getEarlier());
        earlier.add(FirstSight.digest(known));
        FileReport next = Files.asStranger(report, earlier, known.getStrangerState(), known.getStrangerRevision());
        Stamps before = Stamps.of(file, report.getLeg());
        Occasion why = Occasion.of(file, now, Event.of("CORRECTION"));
        file.replace(known, next);
        letFall(file, report, before);
        return taken(file, accepted, why);
    }

    private static void letFall(CallFile file, FileReport report, Stamps before) {
        before.letFall(Files.leg(file, report.getLeg()), Stamps.of(file, report.getLeg()));
    }

    private List<Finding> taken(CallFile file, AcceptedCdr accepted, Occasion why) {
        if (accepted.getCdr().getAnsweredAt() == null) {
            why.findings().add(new Finding.Attempted(attempt(accepted)));
        }
        review(file, accepted.getCdr().getLeg(), why);
        return why.findings();
    }

    private void review(CallFile file, int leg, Occasion why) {
        new LegReview(file, Files.leg(file, leg), book, why).look(false);
        Strangers.review(file, leg, why);
        if (file.getGrant() != null && file.getLegs().size() > 1) {
            reviewOthers(file, leg, why);
        }
    }

    /** A call is answered once: what is said of one leg has a bearing on the others. */
    private void reviewOthers(CallFile file, int leg, Occasion why) {
        for (LegState other : file.getLegs()) {
            if (other.getLeg() != leg) {
                new LegReview(file, other, book, why).look(false);
            }
        }
    }

    private List<Finding> legReview(CallFile file, int leg, Moment now, Event event) {
        Occasion why = Occasion.of(file, now, event);
        LegState known = Files.find(file, leg);
        if (known != null) {
            boolean decided = known.getDispute() != null && event.cause().equals(Commands.RESOLUTION);
            new LegReview(file, known, book, why).look(decided);
        }
        return why.findings();
    }

    private static SortedSet<Integer> legs(CallFile file) {
        TreeSet<Integer> legs = new TreeSet<>();
        file.getReports().forEach(report -> legs.add(report.getLeg()));
        return legs;
    }

    private static CallAttempt attempt(AcceptedCdr accepted) {
        CallDetailRecord cdr = accepted.getCdr();
        return new CallAttempt(
                cdr.getCallId(),
                cdr.getLeg(),
                cdr.getRole(),
                accepted.getReporter(),
                cdr.getOriginatingCarrier(),
                cdr.getTerminatingCarrier(),
                cdr.getSetupAt(),
                cdr.getEndedAt(),
                cdr.getSipStatus(),
                cdr.getQ850Cause(),
                "");
    }
}
