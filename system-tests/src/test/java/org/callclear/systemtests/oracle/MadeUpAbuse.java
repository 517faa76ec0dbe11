package org.callclear.systemtests.oracle;

import java.time.Instant;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.Role;

/** What carriers report of a call that is not so. */
final class MadeUpAbuse {
    private static final long SECOND = 1000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;
    private static final long EXPIRY = 30 * SECOND;

    private final MadeUpCall call;
    private final Dice dice;

    MadeUpAbuse(MadeUpCall call, Dice dice) {
        this.call = call;
        this.dice = dice;
    }

    /** The same report at a time that the grant rules out, or just does not. */
    CallDetailRecord outOfTime(CallDetailRecord told) {
        long beyond = dice.pick(0L, 1L, dice.between(2, 3 * DAY));
        return switch ((int) dice.between(1, 3)) {
            case 1 -> moved(told, call.setup - 60 * SECOND - beyond - at(told.getSetupAt()));
            case 2 -> moved(told, call.setup + EXPIRY + 60 * SECOND + beyond - at(told.getSetupAt()));
            default -> answered(told, call.setup + EXPIRY + 900 * SECOND + beyond);
        };
    }

    private static long at(Instant instant) {
        return instant.toEpochMilli();
    }

    private static CallDetailRecord moved(CallDetailRecord told, long by) {
        Instant answer = told.getAnsweredAt();
        return CallDetailRecord.newBuilder(told)
                .setSetupAt(told.getSetupAt().plusMillis(by))
                .setAnsweredAt(answer == null ? null : answer.plusMillis(by))
                .setEndedAt(told.getEndedAt().plusMillis(by))
                .build();
    }

    private static CallDetailRecord answered(CallDetailRecord told, long at) {
        Instant answer = told.getAnsweredAt();
        return answer == null
                ? told
                : CallDetailRecord.newBuilder(told)
                        .setAnsweredAt(Instant.ofEpochMilli(at))
                        .setEndedAt(told.getEndedAt().plusMillis(at - at(answer)))
                        .build();
    }

    /** A report of somebody who is no party, or of a party under what is not its own. */
    void stranger(long answered, long lastReport) {
        CallDetailRecord said = call.cdr(1, Role.TERMINATING, answered, dice.between(1, 90_000));
        CallDetailRecord.Builder forged = CallDetailRecord.newBuilder(said);
        String reporter = dice.pick("stranger", call.to(1).id(), "stranger");
        switch ((int) dice.between(1, 5)) {
            case 1 -> forged.setTransactionId("0".repeat(32));
            case 2 -> forged.setLeg(7);
            case 3 -> forged.setLeg(0).setTransactionId(null);
            case 4 -> forged.setLeg(3).setTransactionId(call.transactionId(1));
            default -> reporter = "stranger";
        }
        CallDetailRecord report = forged.build();
        if (report.getLeg() == 1) {
            reporter = "stranger"; // the party's own report stands under that key
        }
        call.report(lastReport + dice.between(1, HOUR), report, reporter, Rating.RATED);
        if (report.getLeg() == 0 && dice.chance(5_000)) {
            CallDetailRecord other = CallDetailRecord.newBuilder(report)
                    .setRole(Role.ORIGINATING)
                    .build();
            call.report(lastReport + dice.between(1, HOUR), other, call.from.id(), Rating.RATED);
        }
        if (dice.chance(3_000)) {
            call.report(lastReport + dice.between(HOUR, 3 * DAY), otherwise(report), reporter, Rating.RATED);
        }
        if (dice.chance(5_000)) {
            long at = lastReport + dice.between(HOUR + 60 * SECOND, 3 * DAY);
            String name = "/TERMINATING/" + reporter;
            call.resolve(at, report.getLeg(), name, dice.pick(Resolution.REJECTED, Resolution.WITHDRAWN), null);
        }
    }

    /** A correction after which the report is wrong for another reason, or claims nothing any more. */
    private CallDetailRecord otherwise(CallDetailRecord report) {
        CallDetailRecord.Builder correction =
                CallDetailRecord.newBuilder(report).setVersion(report.getVersion() + 1);
        switch ((int) dice.between(1, 4)) {
            case 1 -> correction.setTransactionId("1".repeat(32));
            case 2 -> correction.setTransactionId(call.transactionId(1));
            case 3 -> correction.setTransactionId(report.getLeg() == 0 ? null : call.transactionId(2));
            default -> correction.setAnsweredAt(null);
        }
        return correction.build();
    }

    /** The call was answered on leg 2; leg 1 is said to have been answered, too: then, just after, or at another time. */
    void otherLeg(long answered, long talked, long lastReport) {
        long at = answered + dice.pick(0L, talked, talked + 1, dice.between(-20_000, 20_000));
        long other = dice.pick(talked, dice.between(0, 90_000), answered - at, answered - at - 1);
        long length = Math.max(0, other);
        boolean confirmed = dice.chance(8_000);
        call.report(lastReport + dice.between(1, HOUR), call.cdr(1, Role.TERMINATING, at, length));
        if (confirmed) {
            call.report(lastReport + dice.between(1, HOUR), call.cdr(1, Role.ORIGINATING, at, length));
        }
        if (confirmed && dice.chance(4_000)) {
            long decided = lastReport + dice.between(HOUR + 60 * SECOND, 3 * DAY);
            Resolution resolution = dice.pick(Resolution.ACCEPTED, Resolution.REJECTED);
            call.resolve(decided, (int) dice.between(1, 2), "", resolution, null);
        }
    }

    /** Two others, or one alone, say that the call of leg 0 was theirs. */
    void rivals(long answered, long lastReport) {
        MadeUpCall.Carrier to = call.others.getFirst();
        MadeUpCall.Carrier from = call.others.getLast();
        CallDetailRecord claim = CallDetailRecord.newBuilder(
                        call.cdr(0, Role.TERMINATING, answered, dice.between(1, 90_000)))
                .setTerminatingCarrier(to.id())
                .build();
        boolean alone = dice.chance(4_000);
        long first = lastReport + dice.between(-HOUR, HOUR);
        if (alone) {
            call.reportOfOther(first, claim, to);
            return;
        }
        CallDetailRecord there = CallDetailRecord.newBuilder(claim)
                .setOriginatingCarrier(from.id())
                .build();
        CallDetailRecord here =
                CallDetailRecord.newBuilder(there).setRole(Role.ORIGINATING).build();
        call.reportOfOther(first, there, to);
        call.reportOfOther(first + dice.between(0, 10 * 60 * SECOND), here, from);
    }
}
