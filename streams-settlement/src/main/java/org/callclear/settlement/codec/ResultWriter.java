package org.callclear.settlement.codec;

import org.callclear.schemas.avro.Irregularity;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.PricedLeg;
import org.callclear.schemas.avro.ReconciledCall;
import org.jspecify.annotations.Nullable;

/** Writes entries of the books and reconciled calls. For one thread. */
final class ResultWriter {
    private static final int AMOUNT_SCALE = 6;

    private final TermsPool pool;

    ResultWriter(TermsPool pool) {
        this.pool = pool;
    }

    void entry(LedgerEntry entry, AvroWriter writer) {
        writer.writeString(entry.getEntryId());
        writer.writeEnum(entry.getEntryKind());
        writer.writeString(entry.getRefersTo());
        writer.writeString(entry.getCallId());
        writer.writeLong(entry.getLeg());
        writer.writeLong(entry.getAnsweredAt().toEpochMilli());
        writer.writeString(entry.getCause());
        writer.writeString(entry.getCommandId());
        writer.writeBlock(entry.getPostings().size());
        for (Posting posting : entry.getPostings()) {
            posting(posting, writer);
        }
        writer.writeEnd(entry.getPostings().size());
    }

    private static void posting(Posting posting, AvroWriter writer) {
        writer.writeString(posting.getAccount());
        writer.writeEnum(posting.getKind());
        writer.writeString(posting.getCounterparty());
        writer.writeDecimal(posting.getAmount(), AMOUNT_SCALE);
        writer.writeString(posting.getCurrency());
        writer.writeString(posting.getPeriod());
        writer.writeOptional(posting.getOriginPeriod());
        writer.writeLong(posting.getSeconds());
        writer.writeLong(posting.getBilledSeconds());
    }

    void call(ReconciledCall call, AvroWriter writer) {
        writer.writeString(call.getCallId());
        writer.writeLong(call.getLeg());
        writer.writeOptional(call.getTransactionId());
        writer.writeString(call.getOriginatingCarrier());
        writer.writeString(call.getTerminatingCarrier());
        writer.writeString(call.getCalled());
        writer.writeEnum(call.getReconciliation());
        writer.writeLong(call.getAnsweredAt().toEpochMilli());
        writer.writeOptional(call.getOriginatingMillis());
        writer.writeOptional(call.getTerminatingMillis());
        writer.writeOptional(call.getSettledMillis());
        writer.writeString(call.getPeriod());
        leg(call.getOrigination(), writer);
        leg(call.getTermination(), writer);
        writer.writeLong(call.getRevision());
        writer.writeString(call.getEntryId());
        writer.writeString(call.getCause());
        writer.writeOptional(call.getClaimedMillis());
        writer.writeBoolean(call.getAttempt());
        writer.writeBlock(call.getIrregularities().size());
        for (Irregularity irregularity : call.getIrregularities()) {
            writer.writeEnum(irregularity);
        }
        writer.writeEnd(call.getIrregularities().size());
    }

    private void leg(@Nullable PricedLeg leg, AvroWriter writer) {
        writer.writeIsThere(leg != null);
        if (leg != null) {
            writer.writeLong(leg.getBilledSeconds());
            writer.writeDecimal(leg.getExactUnits(), 0);
            writer.writeDecimal(leg.getAmount(), AMOUNT_SCALE);
            writer.writeString(leg.getCurrency());
            pool.write(leg.getTerms(), writer);
        }
    }
}
