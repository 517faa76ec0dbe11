package org.callclear.settlement.post;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.EntryKind;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.NettingLine;
import org.callclear.schemas.avro.PostNetting;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.schemas.rating.Billing;

/** The entries of the payments that a netting came to: each carrier's against the bank. */
public final class Payments {
    private Payments() {}

    /** An entry for each carrier. */
    public static List<LedgerEntry> of(PostNetting netting) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (NettingLine line : netting.getLines()) {
            BigDecimal paid = line.getAmount().setScale(Billing.POSTING_SCALE);
            String account = DoubleEntry.account(line.getCarrier());
            entries.add(new LedgerEntry(
                    "settlement/" + netting.getPeriod() + "/" + netting.getCurrency() + "/" + line.getCarrier(),
                    EntryKind.ENTRY,
                    "",
                    "",
                    0,
                    netting.getRequestedAt(),
                    "NETTING",
                    netting.getCommandId(),
                    List.of(
                            posting(account, "clearinghouse", paid.negate(), netting),
                            posting(DoubleEntry.BANK_ACCOUNT, line.getCarrier(), paid, netting))));
        }
        return entries;
    }

    private static Posting posting(String account, String counterparty, BigDecimal amount, PostNetting netting) {
        return new Posting(
                account,
                PostingKind.SETTLEMENT,
                counterparty,
                amount,
                netting.getCurrency(),
                netting.getPeriod(),
                null,
                0L,
                0L);
    }
}
