package org.callclear.clearinghouse.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;

/**
 * Which calls are up, what they cost, and whether one more stays within the limits. A call is counted when it is granted, at
 * once and under one lock, so of many that come together no more than the limit get in; or when another instance's grant
 * is read in the journal. It counts once, whoever tells of it first. It is up until its originating side reports it over, or
 * until its time is over in any case.
 *
 * <p>Calls whose time has come are looked at before a call is admitted, not when records of the journal are read: so what is
 * read back at a start, all of it at once, counts as it did when it was new.
 *
 * <p>Each step takes constant time, but for calls whose time has come meanwhile and for a change of limits, after which
 * the carrier's calls are counted anew. Safe for many threads.
 */
public final class LimitBook {
    /** An ended call counts for so many minutes after the one in which it ended. */
    private static final int REMEMBERED_MINUTES = CostWindow.HOUR + 2;

    private final Duration overWithin;
    private final int most;
    private final Map<String, CarrierBook> carriers = new HashMap<>();
    private final Agenda up = new Agenda();
    private final Agenda over = new Agenda();
    private final SharedParts shared = new SharedParts();
    private final Crowding crowding = new Crowding();
    private long minute = Long.MIN_VALUE;
    private int tracked;
    private long forgotten;

    /**
     * @param overWithin a call is over so long after its grant, whatever happens
     * @param most how many calls it remembers; beyond that it forgets first what would be forgotten first anyway, and no call
     *     that is up as long as there is one that is over
     */
    public LimitBook(Duration overWithin, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most " + most + ": must be at least 1");
        }
        this.overWithin = overWithin;
        this.most = most;
    }

    /** How far back the journal has to be read for a book that knows all that counts. */
    public Duration reach() {
        return overWithin.plusMinutes(REMEMBERED_MINUTES);
    }

    /** Whether a call may be granted now; if so, it counts from now on. One that counts already may. */
    public synchronized Ruling admit(NewCall call, Limits limits, Instant now) {
        settle(now);
        CarrierBook book = book(call.carrier(), limits, now);
        if (book.calls().containsKey(call.id())) {
            return Ruling.WITHIN;
        }
        TrackedCall next = track(call, book, now);
        List<Scope> scopes = book.scopes(next.called(), minute);
        List<Strike> refusals = new ArrayList<>(0);
        List<Strike> warnings = new ArrayList<>(0);
        for (Scope scope : scopes) {
            (scope.rule().refuses() ? refusals : warnings)
                    .addAll(scope.beyond(book.carrier(), next.charge(), now.toEpochMilli()));
        }
        if (refusals.isEmpty()) {
            begin(next, scopes, now);
        }
        return refusals.isEmpty() && warnings.isEmpty() ? Ruling.WITHIN : new Ruling(refusals, warnings);
    }

    /** A call that was admitted was not granted after all. */
    public synchronized void withdraw(NewCall call, Limits limits, Instant now) {
        CarrierBook book = book(call.carrier(), limits, now);
        TrackedCall gone = book.calls().remove(call.id());
        if (gone != null) {
            book.scopes(gone.called(), minute).forEach(scope -> scope.withdraw(gone));
            (gone.isUp() ? up : over).remove(gone);
            tracked--;
        }
    }

    /**
     * The journal has a grant, of this instance or of another.
     *
     * @throws IllegalArgumentException when it names what is no call, carrier or number
     */
    public synchronized void granted(Grant grant, Limits limits, Instant now) {
        NewCall call = NewCall.of(grant);
        CarrierBook book = book(call.carrier(), limits, now);
        Instant at = grant.getGrantedAt().isAfter(now) ? now : grant.getGrantedAt();
        if (at.plus(reach()).isAfter(now) && !book.calls().containsKey(call.id())) {
            TrackedCall next = track(call, book, at);
            begin(next, book.scopes(next.called(), minute), now);
        }
    }

    /**
     * The journal has a report. Only the call's own carriers are believed.
     *
     * @throws IllegalArgumentException when it names what is no call
     */
    public synchronized void reported(AcceptedCdr accepted, Limits limits, Instant now) {
        CallDetailRecord cdr = accepted.getCdr();
        if (!carriers.containsKey(cdr.getOriginatingCarrier())) {
            return;
        }
        CarrierBook book = book(new CarrierId(cdr.getOriginatingCarrier()), limits, now);
        TrackedCall call = book.calls().get(CallId.parse(cdr.getCallId()));
        if (call == null || !mayReport(accepted, call)) {
            return;
        }
        Told told = Reports.after(call, accepted, now.toEpochMilli());
        if (!told.equals(call.told())) {
            change(call, () -> call.told(told));
        }
    }

    private static boolean mayReport(AcceptedCdr accepted, TrackedCall call) {
        CallDetailRecord cdr = accepted.getCdr();
        return cdr.getRole() == Role.ORIGINATING
                ? accepted.getReporter().equals(call.carrier().carrier())
                : cdr.getRole() == Role.TERMINATING && accepted.getReporter().equals(call.terminating(cdr.getLeg()));
    }

    private CarrierBook book(CarrierId carrier, Limits limits, Instant now) {
        minute = Math.max(minute, TrackedCall.minute(now.toEpochMilli()));
        CarrierBook book = carriers.computeIfAbsent(carrier.value(), CarrierBook::new);
        book.follow(limits.of(carrier.value()), minute);
        return book;
    }

    private TrackedCall track(NewCall call, CarrierBook book, Instant grantedAt) {
        return new TrackedCall(
                call.id(),
                book,
                Long.parseLong(call.called().digits()),
                grantedAt.toEpochMilli(),
                grantedAt.plus(overWithin).toEpochMilli(),
                shared.charge(call.terms()),
                shared.carriers(call.terminating()));
    }

    private void begin(TrackedCall call, List<Scope> scopes, Instant now) {
        call.carrier().calls().put(call.id(), call);
        scopes.forEach(scope -> scope.begin(call));
        up.put(call, TrackedCall.minute(call.overAt()) + 1);
        tracked++;
        if (tracked > most) {
            settle(now);
        }
        if (tracked > most) {
            forgetEarly(now);
        }
    }

    private void forgetEarly(Instant now) {
        forgotten++;
        TrackedCall first = over.poll(Long.MAX_VALUE);
        if (first == null) {
            first = Objects.requireNonNull(up.poll(Long.MAX_VALUE));
            crowding.forgotten(first.carrier().carrier(), now);
            change(first, first::lapse);
            over.remove(first);
        }
        forget(first);
    }

    /** Looks at the calls whose time has come. */
    public synchronized void settle(Instant now) {
        minute = Math.max(minute, TrackedCall.minute(now.toEpochMilli()));
        for (TrackedCall call = up.poll(minute); call != null; call = up.poll(minute)) {
            change(call, call::lapse);
        }
        for (TrackedCall call = over.poll(minute); call != null; call = over.poll(minute)) {
            forget(call);
        }
    }

    /** Counts a call as it stands after the change instead of as it stood before. */
    private void change(TrackedCall call, Runnable how) {
        List<Scope> scopes = call.carrier().scopes(call.called(), minute);
        scopes.forEach(scope -> scope.count(call, -1));
        up.remove(call);
        over.remove(call);
        how.run();
        scopes.forEach(scope -> scope.count(call, 1));
        if (call.isUp()) {
            up.put(call, TrackedCall.minute(call.overAt()) + 1);
        } else {
            over.put(call, TrackedCall.minute(call.endedAt()) + REMEMBERED_MINUTES);
        }
    }

    private void forget(TrackedCall call) {
        call.carrier().calls().remove(call.id());
        tracked--;
    }

    /** How many calls were granted and are not over. */
    public synchronized int openCalls() {
        return up.size();
    }

    /** How many calls it remembers. */
    public synchronized int size() {
        return tracked;
    }

    /** How many calls it had to forget while they still counted. */
    public synchronized long forgotten() {
        return forgotten;
    }

    /** How many of those were up, as far as it knew. */
    public synchronized long forgottenUp() {
        return crowding.forgotten();
    }
}
