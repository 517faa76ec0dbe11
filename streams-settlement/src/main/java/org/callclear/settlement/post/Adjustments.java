package org.callclear.settlement.post;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.LineTotal;
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
    private static final int LINES = 2;

    private Adjustments() {}

    /** Two postings that sum to zero for each line that differs, in the order of the lines. */
    public static List<Posting> of(ClosedStatement statement) {
        List<Posting> postings = new ArrayList<>();
        for (int i = 0; i < statement.lines().size(); i++) {
            StatementLine line = statement.lines().get(i);
            BigDecimal difference = line.amount().subtract(line.total().getPosted());
            if (difference.signum() != 0) {
                String entry = statement.id() + "/" + (i + 1);
                postings.addAll(entry(entry, line.total(), difference));
            }
        }
        return postings;
    }

    private static List<Posting> entry(String id, LineTotal line, BigDecimal difference) {
        boolean pays = line.getSide() == Role.ORIGINATING;
        BigDecimal owed = pays ? difference : difference.negate();
        String originating = pays ? line.getCarrier() : line.getCounterparty();
        String account = DoubleEntry.account(line.getCarrier());
        return List.of(
                posting(id, 1, account, line.getCounterparty(), owed, line),
                posting(id, 2, DoubleEntry.FEE_ACCOUNT, originating, owed.negate(), line));
    }

    private static Posting posting(
            String entry, int number, String account, String counterparty, BigDecimal amount, LineTotal line) {
        return Posting.newBuilder().setEntryId(entry).setLine(number).setLines(LINES).setAccount(account).setKind(PostingKind.ADJUSTMENT).setCallId("").setLeg(0).setCounterparty(counterparty).setAmount(amount).setCurrency(line.getCurrency()).setPeriod(line.getPeriod()).setAnsweredAt(line.getLatestAnswer()).build();
    }
}
