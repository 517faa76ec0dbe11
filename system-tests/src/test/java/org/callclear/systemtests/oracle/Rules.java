package org.callclear.systemtests.oracle;

import java.time.Instant;
import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.SettlingSide;
import org.jspecify.annotations.Nullable;

/** The table "What an attempt comes to" of docs/settlement.md. */
final class Rules {
    /** No longest talk time. */
    static final long UNLIMITED = 1L << 50;

    private Rules() {}

    /** Both reports are there. {@code contradicted}: the class by which an answered call was not this one; null for none. */
    static Finding both(
            CallDetailRecord o,
            CallDetailRecord t,
            @Nullable String contradicted,
            Agreement agreement,
            long most,
            Finding.Basis price) {
        boolean answeredO = o.getAnsweredAt() != null;
        boolean answeredT = t.getAnsweredAt() != null;
        if (!answeredO && !answeredT) {
            return new Finding("ATTEMPT", null, null, price);
        }
        if (!answeredT) {
            return new Finding("ONLY_ORIGINATING", null, Math.min(talked(o), most), price);
        }
        if (!answeredO) {
            return new Finding("ONLY_TERMINATING", null, Math.min(talked(t), most), price);
        }
        if (contradicted != null) {
            return new Finding(contradicted, null, Math.min(Math.min(talked(o), talked(t)), most), price);
        }
        if (!price.isPriced()) {
            return new Finding("UNRATED", null, null, price);
        }
        return compared(talked(o), talked(t), agreement, most, price);
    }

    private static Finding compared(long o, long t, Agreement agreement, long most, Finding.Basis price) {
        long tolerance = agreement.getToleranceSeconds() * 1000L;
        boolean within = Math.abs(o - t) <= tolerance;
        long chosen = within ? side(o, t, agreement.getSettlingSide()) : Math.min(o, t);
        if (chosen > most + tolerance) {
            return new Finding("OVERRUN", most, chosen, price);
        }
        if (o == t) {
            return new Finding("MATCHED", Math.min(o, most), null, price);
        }
        if (within) {
            return new Finding("MATCHED_WITHIN_TOLERANCE", Math.min(chosen, most), null, price);
        }
        return new Finding("DURATION_MISMATCH", Math.min(chosen, most), Math.min(Math.max(o, t), most), price);
    }

    private static long side(long o, long t, SettlingSide side) {
        return switch (side) {
            case TERMINATING -> t;
            case ORIGINATING -> o;
            case MIN -> Math.min(o, t);
            case MAX -> Math.max(o, t);
        };
    }

    /** Whether a grant rules out a time of a report. */
    static boolean isRuledOut(Instant grantedAt, GrantedRoute route, CallDetailRecord report) {
        Instant setup = report.getSetupAt();
        Instant over = route.getExpiresAt();
        Instant answer = report.getAnsweredAt();
        return setup.plusSeconds(60).isBefore(grantedAt)
                || setup.minusSeconds(60).isAfter(over)
                || (answer != null && answer.minusSeconds(15 * 60).isAfter(over));
    }

    /** When it is rated: the terminating report's answer, else the originating one's; likewise its set-up. */
    static Instant ratedAt(@Nullable CallDetailRecord o, @Nullable CallDetailRecord t) {
        if (t != null && t.getAnsweredAt() != null) {
            return t.getAnsweredAt();
        }
        if (o != null && o.getAnsweredAt() != null) {
            return o.getAnsweredAt();
        }
        if (t != null) {
            return t.getSetupAt();
        }
        if (o != null) {
            return o.getSetupAt();
        }
        throw new IllegalArgumentException("no report");
    }

    static long talked(CallDetailRecord report) {
        return report.getAnsweredAt() == null
                ? 0
                : report.getEndedAt().toEpochMilli() - report.getAnsweredAt().toEpochMilli();
    }

    /** Whether the difference is beyond the gate, so that a dispute opens. */
    static boolean passes(@Nullable DisputeGate gate, Finding finding) {
        RateTerms owed = finding.price().origination();
        RateTerms terms = owed == null ? finding.price().termination() : owed;
        if (gate == null || terms == null || finding.claimed() == null) {
            return true;
        }
        Instant at = finding.price().ratedAt();
        Fraction claimed = PlainPrice.ofTalk(terms, at, finding.claimed()).exact();
        Fraction settled = finding.settled() == null
                ? Fraction.ZERO
                : PlainPrice.ofTalk(terms, at, finding.settled()).exact();
        Fraction difference = claimed.minus(settled);
        Fraction share = claimed.times(Fraction.of(gate.getPercent())).times(Fraction.of(1, 100));
        boolean percent = difference.compareTo(share) > 0;
        boolean amount = difference.compareTo(Fraction.of(gate.getAmount())) > 0;
        return gate.getRule() == GateRule.ANY ? percent || amount : percent && amount;
    }
}
