package org.callclear.settlement.post;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.EntryKind;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.schemas.avro.Role;
import org.callclear.settlement.statement.ClosedStatement;
import org.callclear.settlement.statement.StatementLine;

/**
 * Brings the books to what a statement says. Where a contract rounds each line once, the calls were posted with six
 * decimals before the line was known; the difference to the line's amount is posted at the close, against the
 * clearinghouse's fees. Where each call is rounded there is none.
 */
public final class Adjustments {
    private Adjustments() {}

    /** An entry of two postings for each line that differs, in the order of the lines. */
    public static List<LedgerEntry> of(ClosedStatement statement) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (int i = 0; i < statement.lines().size(); i++) {
            StatementLine line = statement.lines().get(i);
            BigDecimal difference = line.amount().subtract(line.sums().postedAmount());
            if (difference.signum() != 0) {
                entries.add(entry(statement, statement.id() + "/" + (i + 1), line, difference));
            }
        }
        return entries;
    }

    private static LedgerEntry entry(ClosedStatement statement, String id, StatementLine line, BigDecimal difference) {
        boolean pays = line.label().side() == Role.ORIGINATING;
        BigDecimal owed = pays ? difference : difference.negate();
        String counterparty = line.label().counterparty();
        String originating = pays ? statement.carrier() : counterparty;
        String account = DoubleEntry.account(statement.carrier());
        return new LedgerEntry(
                id,
                EntryKind.ENTRY,
                "",
                "",
                0,
                statement.covers().period().end(),
                "ROUNDING",
                "",
                List.of(
                        posting(statement, account, counterparty, owed, line),
                        posting(statement, DoubleEntry.FEE_ACCOUNT, originating, owed.negate(), line)));
    }

    private static Posting posting(
            ClosedStatement statement, String account, String counterparty, BigDecimal amount, StatementLine line) {
        String origin = line.label().originPeriod();
        return new Posting(
                account,
                PostingKind.ADJUSTMENT,
                counterparty,
                amount,
                line.label().currency(),
                statement.covers().period().id(),
                origin.isEmpty() ? null : origin,
                0L,
                0L);
    }
}
