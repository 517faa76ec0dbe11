package org.callclear.app.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.callclear.settlement.intake.CdrCheck;
import org.callclear.settlement.intake.CdrCheck.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Checks rows by the very rules that settlement's intake goes by, and finds every fault of a row: after each one it
 * asks again with a good value in its place.
 */
final class RowCheck {
    private static final List<Role> ROLES = List.of(Role.ORIGINATING, Role.TERMINATING);
    private static final List<ReleaseSource> SOURCES = List.of(ReleaseSource.values());
    /** More often than there are fields, intake is not asked. */
    private static final int MOST_ROUNDS = 2 * UsageRow.COLUMNS.size();

    private final String carrier;
    private final Instant now;

    /**
     * @param carrier who reports
     * @param now no call ends long after it
     */
    RowCheck(String carrier, Instant now) {
        this.carrier = carrier;
        this.now = now;
    }

    /** What came of a row. */
    sealed interface Checked {
        /** What of it counts for the totals. */
        Said said();

        /** It is fit. */
        record Fit(CallDetailRecord cdr) implements Checked {
            @Override
            public Said said() {
                return new Said(cdr.getRole(), cdr.getSetupAt(), cdr.getAnsweredAt(), cdr.getEndedAt());
            }
        }

        /** All that is wrong with it. */
        record Unfit(List<RowFault> faults, Said said) implements Checked {
            public Unfit {
                faults = List.copyOf(faults);
            }
        }
    }

    /** What of a row counts for the totals of its file; null where it cannot be read, or is not there. */
    record Said(
            @Nullable Role role,
            @Nullable Instant setupAt,
            @Nullable Instant answeredAt,
            @Nullable Instant endedAt) {}

    /** Checks a row. */
    Checked check(UsageRow row) {
        RowFields fields = new RowFields(row);
        fields.checkEncoding();
        Said said = said(fields);
        CallDetailRecord cdr = record(fields, said);
        Verdict verdict = CdrCheck.check(carrier, cdr.getCallId(), cdr, now);
        if (verdict instanceof Verdict.Fit && fields.faults().isEmpty()) {
            return new Checked.Fit(cdr);
        }
        for (int round = 0; round < MOST_ROUNDS && verdict instanceof Verdict.Unfit unfit; round++) {
            fields.fault(column(unfit.field()), why(unfit.detail()));
            cdr = Mending.mend(cdr, unfit.field(), carrier, now);
            verdict = CdrCheck.check(carrier, cdr.getCallId(), cdr, now);
        }
        return new Checked.Unfit(fields.faults(), said);
    }

    private static Said said(RowFields fields) {
        @Nullable Role role = fields.choice("role", ROLES).orElse(null);
        @Nullable Instant setupAt = fields.instant("setup_at");
        @Nullable Instant answeredAt = fields.text("answered_at").isEmpty() ? null : fields.instant("answered_at");
        return new Said(role, setupAt, answeredAt, fields.instant("ended_at"));
    }

    /** Times that cannot be read are taken for the nearest that can, so that the others are still compared. */
    private CallDetailRecord record(RowFields fields, Said said) {
        boolean answered = !fields.text("answered_at").isEmpty();
        Instant setupAt = Mending.firstOf(said.setupAt(), Mending.earlier(said.answeredAt(), said.endedAt()), now);
        @Nullable Instant answeredAt = answered ? Mending.firstOf(said.answeredAt(), setupAt) : null;
        return new CallDetailRecord(
                fields.text("call_id"),
                fields.number("leg", 0),
                Optional.ofNullable(said.role()).orElse(Role.UNKNOWN),
                fields.textOrNull("transaction_id"),
                fields.text("originating_carrier"),
                fields.textOrNull("terminating_carrier"),
                null,
                fields.text("calling"),
                fields.text("called"),
                setupAt,
                answeredAt,
                Mending.firstOf(said.endedAt(), answeredAt, setupAt),
                fields.number("sip_status", Mending.goodStatus(answered)),
                fields.number("q850_cause", 0),
                fields.choice("release_source", SOURCES).orElse(ReleaseSource.UNKNOWN),
                fields.number("version", 1));
    }

    /** {@code q850Cause} is {@code q850_cause} in a file. */
    static String column(String field) {
        return field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** Intake begins with the value, which a report has in a column of its own. */
    private static String why(String detail) {
        int value = detail.indexOf(": ");
        return value < 0 ? detail : detail.substring(value + 2);
    }
}
