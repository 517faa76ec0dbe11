package org.callclear.systemtests.oracle;

import java.time.Instant;
import java.util.Set;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/** Tells one call: what it is, what both sides say of it and when, and what becomes of it later. */
final class MadeUpStory {
    private static final long SECOND = 1000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;

    private final MadeUpCall call;
    private final Set<Trait> traits;
    private final Dice dice;
    private final long most;
    private final int leg;
    private final long answered;
    private final MadeUpAbuse abuse;
    private @Nullable Long talkedO;
    private @Nullable Long talkedT;
    private long answeredT;
    private long lastReport;

    MadeUpStory(MadeUpCall call, Set<Trait> traits, Dice dice) {
        this.call = call;
        this.traits = traits;
        this.dice = dice;
        most = dice.pick(600, 1_800, 3_600) * SECOND;
        leg = is(Trait.IMPORTED) ? 0 : is(Trait.HUNTED) || is(Trait.TWO_LEGS) ? 2 : 1;
        abuse = new MadeUpAbuse(call, dice);
        answered = call.setup + (is(Trait.AT_MIDNIGHT) ? 0 : dice.between(900, 12_000));
        answeredT = answered;
    }

    private boolean is(Trait trait) {
        return traits.contains(trait);
    }

    void tell() {
        talk();
        boolean late = is(Trait.LATE_GRANT) && !is(Trait.LATE) && !is(Trait.ONE_SIDED);
        if (is(Trait.HUNTED)) {
            failFirst();
        }
        reports();
        if (!is(Trait.IMPORTED) && !is(Trait.NO_GRANT)) {
            call.grant(late ? lastReport + dice.between(0, 60 * SECOND) : call.setup, (int) (most / SECOND));
        }
        afterwards();
    }

    /** Decides what both sides will say. */
    private void talk() {
        if (is(Trait.UNANSWERED)) {
            return;
        }
        long talked = dice.chance(300) ? dice.between(0, 1) * 999 : dice.between(1, dice.pick(9, 90, 590) * SECOND);
        long tolerance = call.from.originating().toleranceMillis();
        talkedO = talked;
        talkedT = talked;
        if (is(Trait.SKEWED)) {
            answeredT += dice.between(-5_000, 5_000);
            drift(talked, tolerance);
        } else if (is(Trait.MISMATCHED)) {
            talkedT = talked + tolerance + dice.pick(1L, dice.between(1, 60_000));
        } else if (is(Trait.OVERRUN)) {
            talkedO = most + tolerance + dice.pick(0L, 1L, dice.between(0, 90_000));
            talkedT = talkedO;
        }
        if (is(Trait.ONE_ANSWERED)) {
            talkedO = dice.chance(5_000) ? null : talkedO;
            talkedT = talkedO == null ? talkedT : null;
        }
    }

    private void drift(long talked, long tolerance) {
        long drift = dice.pick(0L, tolerance, -tolerance, dice.between(-tolerance, tolerance));
        talkedT = Math.max(0, talked + drift);
    }

    private void failFirst() {
        long ended = call.setup + 2_000;
        lastReport = ended + 3_000;
        call.report(ended + 1_000, call.cdr(1, Role.ORIGINATING, ended, null));
        if (dice.chance(7_000)) {
            call.report(lastReport, call.cdr(1, Role.TERMINATING, ended, null));
        }
    }

    private void reports() {
        long ended = answered + Math.max(talkedO == null ? 0 : talkedO, talkedT == null ? 0 : talkedT);
        CallDetailRecord o = call.cdr(leg, Role.ORIGINATING, answered, talkedO);
        CallDetailRecord t = elsewhere(call.cdr(leg, Role.TERMINATING, answeredT, talkedT));
        if (is(Trait.OUT_OF_TIME)) {
            boolean both = dice.chance(3_000);
            boolean one = dice.chance(5_000);
            o = both || one ? abuse.outOfTime(o) : o;
            t = both || !one ? abuse.outOfTime(t) : t;
        }
        boolean originatingFirst = dice.chance(5_000);
        boolean alone = is(Trait.ONE_SIDED)
                || (is(Trait.UNANSWERED) && dice.chance(2_000))
                || (is(Trait.NO_GRANT) && dice.chance(5_000))
                || (is(Trait.IMPORTED) && dice.chance(1_000));
        long first = ended + dice.between(1_000, 60_000);
        long second = is(Trait.LATE) ? first + dice.between(2 * DAY, 15 * DAY) : first + dice.between(0, 300_000);
        version(first, originatingFirst ? o : t, true);
        if (!alone) {
            version(second, originatingFirst ? t : o, false);
        }
        lastReport = alone ? first : second;
        decide(alone, first);
    }

    private CallDetailRecord elsewhere(CallDetailRecord report) {
        if (!is(Trait.ELSEWHERE)) {
            return report;
        }
        return dice.chance(5_000)
                ? CallDetailRecord.newBuilder(report)
                        .setCalled(call.called + "0")
                        .build()
                : CallDetailRecord.newBuilder(report)
                        .setTerminatingCarrier("nobody")
                        .build();
    }

    /** A report; on the chosen one of a call, what is said again of it, and what is put right or wrong about it. */
    private void version(long at, CallDetailRecord cdr, boolean chosen) {
        boolean unrated = cdr.getLeg() == 0 && dice.chance(500);
        Rating rating = unrated ? dice.pick(Rating.UNRATED, Rating.BLOCKED, Rating.NO_CONTRACT) : Rating.RATED;
        String reporter = cdr.getRole() == Role.ORIGINATING
                ? call.from.id()
                : call.to(leg).id();
        boolean flips = chosen && is(Trait.CORRECTED) && dice.chance(1_000) && !is(Trait.LATE) && !is(Trait.ONE_SIDED);
        call.report(at, flips ? unanswered(cdr) : cdr, reporter, rating);
        if (is(Trait.DUPLICATED) && chosen) {
            call.report(at + dice.between(1, 3 * DAY), flips ? unanswered(cdr) : cdr, reporter, rating);
        }
        if (is(Trait.CONFLICTING) && chosen && cdr.getAnsweredAt() != null) {
            call.keepsOrder = true;
            call.report(at + dice.between(1, DAY), other(cdr, cdr.getVersion()), reporter, rating);
        }
        if (is(Trait.CORRECTED) && cdr.getAnsweredAt() != null && chosen) {
            correct(at, flips ? cdr : other(cdr, 1), reporter, rating);
        }
        if (is(Trait.IMPORTED) && chosen && dice.chance(2_000)) {
            long then = at + dice.between(HOUR, 12 * DAY);
            call.restamped(then, other(cdr, 4, 0), reporter, dice.pick(Rating.RATED, Rating.UNRATED));
        }
    }

    private void correct(long at, CallDetailRecord right, String reporter, Rating rating) {
        long then = at + dice.between(60 * SECOND, 8 * DAY);
        call.report(then, other(right, 2, 0), reporter, rating);
        if (dice.chance(2_000)) {
            call.report(then + dice.between(SECOND, 3 * DAY), other(right, 3), reporter, rating);
        }
    }

    private static CallDetailRecord unanswered(CallDetailRecord cdr) {
        return CallDetailRecord.newBuilder(cdr).setAnsweredAt(null).build();
    }

    private CallDetailRecord other(CallDetailRecord cdr, int version) {
        return other(cdr, version, dice.pick(1L, -1L) * dice.between(1, 30_000));
    }

    private static CallDetailRecord other(CallDetailRecord cdr, int version, long longer) {
        Instant answer = cdr.getAnsweredAt() == null ? cdr.getSetupAt() : cdr.getAnsweredAt();
        Instant end = cdr.getEndedAt().plusMillis(longer);
        return CallDetailRecord.newBuilder(cdr)
                .setEndedAt(end.isBefore(answer) ? answer : end)
                .setVersion(version)
                .build();
    }

    /** A command for most of the disputes that will be open. */
    private void decide(boolean alone, long first) {
        boolean isOpen = is(Trait.OUT_OF_TIME)
                || is(Trait.MISMATCHED)
                || is(Trait.OVERRUN)
                || is(Trait.ELSEWHERE)
                || is(Trait.ONE_ANSWERED);
        long delay = call.from.originating().delaySeconds() * SECOND;
        if (is(Trait.NO_GRANT) && dice.chance(6_000)) {
            long at = first + MadeUpJournal.DELAY_WHEN_UNSAID * SECOND + dice.between(DAY + HOUR, 2 * DAY);
            call.resolve(at, leg, "", dice.pick(Resolution.REJECTED, Resolution.WITHDRAWN), null);
        } else if ((alone || is(Trait.LATE)) && !is(Trait.UNANSWERED) && dice.chance(6_000)) {
            resolve(first + delay + dice.between(DAY + HOUR, 3 * DAY));
        } else if (isOpen && !is(Trait.LATE) && leg > 0 && dice.chance(6_000)) {
            resolve(lastReport + dice.between(HOUR, 4 * DAY));
        }
    }

    private void resolve(long at) {
        long o = talkedO == null ? 0 : talkedO;
        long t = talkedT == null ? 0 : talkedT;
        long settled = is(Trait.MISMATCHED) ? Math.min(o, t) + 1 : is(Trait.OVERRUN) ? most : 0;
        long between = is(Trait.MISMATCHED) ? settled : settled + (Math.max(o, t) - settled) / 2;
        Resolution resolution =
                dice.pick(Resolution.ACCEPTED, Resolution.REJECTED, Resolution.SPLIT, Resolution.WITHDRAWN);
        boolean isSplit = resolution == Resolution.SPLIT && !is(Trait.CORRECTED) && between > 0;
        call.resolve(
                at, leg, "", isSplit || resolution != Resolution.SPLIT ? resolution : Resolution.ACCEPTED, between);
    }

    private void afterwards() {
        if (is(Trait.STRANGER)) {
            abuse.stranger(answered, lastReport);
        }
        if (is(Trait.TWO_LEGS)) {
            abuse.otherLeg(answered, talkedO == null ? 0 : talkedO, lastReport);
        }
        if (is(Trait.IMPORTED) && !is(Trait.UNANSWERED) && dice.chance(3_000)) {
            abuse.rivals(answered, lastReport);
        }
        if ((is(Trait.RERATED) || (is(Trait.IMPORTED) && dice.chance(2_000))) && !is(Trait.UNANSWERED)) {
            call.rerate(lastReport + dice.between(HOUR, 10 * DAY), leg, dice.pick(Role.ORIGINATING, Role.TERMINATING));
        }
    }
}
