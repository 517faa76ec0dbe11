package org.callclear.settlement.post;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.EntryKind;
import org.callclear.schemas.avro.NettingLine;
import org.callclear.schemas.avro.PostNetting;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.schemas.rating.Billing;

/** The entries of the payments that a netting came to: each carrier's against the bank. */
public final class Payments {
    private static final int LINES = 2;

    private Payments() {}

    /** Two postings that sum to zero for each carrier. */
    public static List<Posting> of(PostNetting netting) {
        List<Posting> postings = new ArrayList<>();
        for (NettingLine line : netting.getLines()) {
            String entry = "settlement/" + netting.getPeriod() + "/" + netting.getCurrency() + "/" + line.getCarrier();
            BigDecimal paid = line.getAmount().setScale(Billing.POSTING_SCALE);
            postings.add(
                    posting(entry, 1, DoubleEntry.account(line.getCarrier()), "clearinghouse", paid.negate(), netting));
            postings.add(posting(entry, 2, DoubleEntry.BANK_ACCOUNT, line.getCarrier(), paid, netting));
        }
        return postings;
    }

    private static Posting posting(
            String entry, int number, String account, String counterparty, BigDecimal amount, PostNetting netting) {
        Instant asked = netting.getRequestedAt();
        return new Posting(
                entry,
                number,
                LINES,
                account,
                PostingKind.SETTLEMENT,
                "",
                0,
                counterparty,
                amount,
                netting.getCurrency(),
                netting.getPeriod(),
                asked,
                EntryKind.ENTRY,
                "",
                "NETTING",
                netting.getCommandId(),
                null);
    }
}
