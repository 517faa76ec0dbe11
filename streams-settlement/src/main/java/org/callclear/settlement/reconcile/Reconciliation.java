package org.callclear.settlement.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallAttempt;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.FileLeg;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.SettlementFile;
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
    private final long usualDelayMillis;

    /** @param usualDelayMillis how long one side waits for the other where its contract does not say, in log time */
    public Reconciliation(TermsBook book, long usualDelayMillis) {
        this.book = book;
        this.usualDelayMillis = usualDelayMillis;
    }

    /** The grant came. Only the first one of a call counts: the clearinghouse may write it again after a restart. */
    public List<Finding> granted(SettlementFile file, Grant grant, Moment now) {
        List<Finding> findings = new ArrayList<>();
        if (file.getGrant() == null) {
            file.setGrant(Files.of(grant, book));
            for (int leg : legs(file)) {
                review(file, leg, now, Event.of("LATE_REPORT"), findings);
            }
        }
        return findings;
    }

    /** A side's report of an attempt came. */
    public List<Finding> reported(SettlementFile file, AcceptedCdr accepted, Moment now) {
        FileReport report = Files.of(accepted, book);
        FileReport known = FirstSight.known(file.getReports(), accepted);
        Sight sight = FirstSight.judge(known, report);
        return switch (sight) {
            case FIRST -> taken(file, report, accepted, now, "LATE_REPORT");
            case CORRECTION -> {
                replace(file, java.util.Objects.requireNonNull(known), report);
                yield taken(file, report, accepted, now, "CORRECTION");
            }
            case REPEATED -> List.of(new Finding.Repeated());
            case CONFLICT ->
                List.of(new Finding.SetAside(accepted, sight.name(), "another content in the version already known"));
            case SUPERSEDED ->
                List.of(new Finding.SetAside(
                        accepted, sight.name(), "a lower version than the one already known, with another content"));
        };
    }

    /** The time may be up that attempts waited for their other sides. */
    public List<Finding> timeIsUp(SettlementFile file, Moment now) {
        List<Finding> findings = new ArrayList<>();
        for (FileLeg leg : file.getLegs()) {
            long until = waitsUntil(file, leg);
            if (until != Files.NONE && until <= now.logMillis()) {
                leg.setGivenUp(true);
                new LegReview(file, leg, book, now, Event.of("LATE_REPORT"), findings).look(false);
            }
        }
        return findings;
    }

    /** People decided a dispute. */
    public List<Finding> resolved(SettlementFile file, ResolveDispute command, Moment now) {
        return new Commands(file, now).resolve(command, event -> legReview(file, command.getLeg(), now, event));
    }

    /** One side of a call is to be priced anew. */
    public List<Finding> rerated(SettlementFile file, RerateCall command, Moment now) {
        long terms = book.numberOf(command.getTerms());
        return new Commands(file, now).rerate(command, terms, event -> legReview(file, command.getLeg(), now, event));
    }

    /**
     * When the file is to be looked at again if nothing happens, log time in ms; {@link Files#NONE} for never. A grant of
     * which nothing was heard yet is looked at when its call must be over.
     */
    public long opensUntil(SettlementFile file, long logMillis) {
        long earliest = Long.MAX_VALUE;
        for (FileLeg leg : file.getLegs()) {
            long until = waitsUntil(file, leg);
            earliest = until == Files.NONE ? earliest : Math.min(earliest, until);
        }
        return earliest == Long.MAX_VALUE ? Files.NONE : earliest;
    }

    private long waitsUntil(SettlementFile file, FileLeg leg) {
        if (leg.getWaitsSince() == 0 || leg.getGivenUp()) {
            return Files.NONE;
        }
        long delay = Attempt.of(file, leg).agreement().getOneSidedDelaySeconds() * MILLIS;
        return leg.getWaitsSince() + (delay == 0 ? usualDelayMillis : delay);
    }

    private List<Finding> taken(
            SettlementFile file, FileReport report, AcceptedCdr accepted, Moment now, String cause) {
        List<Finding> findings = new ArrayList<>();
        if (!Files.isAnswered(report)) {
            findings.add(new Finding.Attempted(attempt(accepted)));
        }
        file.getReports().add(report);
        review(file, report.getLeg(), now, Event.of(cause), findings);
        return findings;
    }

    private static void replace(SettlementFile file, FileReport known, FileReport report) {
        List<java.nio.ByteBuffer> earlier = new ArrayList<>(known.getEarlier());
        earlier.add(FirstSight.digest(known));
        report.setEarlier(earlier);
        report.setStrangerState(known.getStrangerState());
        report.setStrangerRevision(known.getStrangerRevision());
        file.getReports().removeIf(other -> isSame(other, known));
    }

    @SuppressWarnings("ReferenceEquality") // this very report of the file
    private static boolean isSame(FileReport one, FileReport other) {
        return one == other;
    }

    private void review(SettlementFile file, int leg, Moment now, Event event, List<Finding> findings) {
        new LegReview(file, Files.leg(file, leg), book, now, event, findings).look(false);
        Strangers.review(file, leg, now, event, findings);
    }

    private List<Finding> legReview(SettlementFile file, int leg, Moment now, Event event) {
        List<Finding> findings = new ArrayList<>();
        FileLeg known = Files.find(file, leg);
        if (known != null) {
            boolean decided = known.getDispute() != null && event.cause().equals(Commands.RESOLUTION);
            new LegReview(file, known, book, now, event, findings).look(decided);
        }
        return findings;
    }

    private static TreeSet<Integer> legs(SettlementFile file) {
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
