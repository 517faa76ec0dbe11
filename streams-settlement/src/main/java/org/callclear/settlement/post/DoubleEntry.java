package org.callclear.settlement.post;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.schemas.avro.PricedLeg;
import org.callclear.schemas.avro.ReconciledCall;

/**
 * The double entry of a call: the originating carrier owes the clearinghouse, the clearinghouse owes the terminating
 * carrier, the difference is the clearinghouse's fee. A positive amount is owed to the clearinghouse. In each currency
 * the lines sum to zero; where the two sides have different currencies, the fee has a line in each.
 */
public final class DoubleEntry {
    /** The clearinghouse's account for its fees. */
    public static final String FEE_ACCOUNT = "clearinghouse:fee";

    private DoubleEntry() {}

    /** The account of a carrier. */
    public static String account(String carrier) {
        return "carrier:" + carrier;
    }

    /** The lines for a priced call. */
    public static List<Posting> of(ReconciledCall call) {
        PricedLeg owed = Objects.requireNonNull(call.getOrigination());
        PricedLeg due = Objects.requireNonNull(call.getTermination());
        String from = call.getOriginatingCarrier();
        String to = call.getTerminatingCarrier();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(account(from), PostingKind.RECEIVABLE, to, owed.getAmount(), owed.getCurrency()));
        lines.add(
                new Line(account(to), PostingKind.PAYABLE, from, due.getAmount().negate(), due.getCurrency()));
        if (owed.getCurrency().equals(due.getCurrency())) {
            lines.add(fee(from, due.getAmount().subtract(owed.getAmount()), owed.getCurrency()));
        } else {
            lines.add(fee(from, owed.getAmount().negate(), owed.getCurrency()));
            lines.add(fee(from, due.getAmount(), due.getCurrency()));
        }
        return postings(call, lines);
    }

    private record Line(String account, PostingKind kind, String counterparty, BigDecimal amount, String currency) {}

    private static Line fee(String counterparty, BigDecimal amount, String currency) {
        return new Line(FEE_ACCOUNT, PostingKind.FEE, counterparty, amount, currency);
    }

    private static List<Posting> postings(ReconciledCall call, List<Line> lines) {
        List<Posting> postings = new ArrayList<>();
        for (Line line : lines) {
            postings.add(Posting.newBuilder().setEntryId(call.getCallId() + "/" + call.getLeg()).setLine(postings.size() + 1).setLines(lines.size()).setAccount(line.account()).setKind(line.kind()).setCallId(call.getCallId()).setLeg(call.getLeg()).setCounterparty(line.counterparty()).setAmount(line.amount()).setCurrency(line.currency()).setPeriod(call.getPeriod()).setAnsweredAt(call.getAnsweredAt()).build());
        }
        return postings;
    }
}
