package org.callclear.settlement.codec;

import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.PricedLeg;
import org.callclear.schemas.avro.ReconciledCall;
import org.jspecify.annotations.Nullable;

/** Writes postings and reconciled calls. For one thread. */
final class ResultWriter {
    private static final int AMOUNT_SCALE = 6;

    private final TermsPool pool;

    ResultWriter(TermsPool pool) {
        this.pool = pool;
    }

    void posting(Posting posting, AvroWriter writer) {
        writer.writeString(posting.getEntryId());
        writer.writeLong(posting.getLine());
        writer.writeLong(posting.getLines());
        writer.writeString(posting.getAccount());
        writer.writeLong(posting.getKind().ordinal());
        writer.writeString(posting.getCallId());
        writer.writeLong(posting.getLeg());
        writer.writeString(posting.getCounterparty());
        writer.writeDecimal(posting.getAmount(), AMOUNT_SCALE);
        writer.writeString(posting.getCurrency());
        writer.writeString(posting.getPeriod());
        writer.writeLong(posting.getAnsweredAt().toEpochMilli());
        writer.writeLong(posting.getEntryKind().ordinal());
        writer.writeString(posting.getRefersTo());
        writer.writeString(posting.getCause());
        writer.writeString(posting.getCommandId());
        writer.writeOptional(posting.getOriginPeriod());
    }

    void call(ReconciledCall call, AvroWriter writer) {
        writer.writeString(call.getCallId());
        writer.writeLong(call.getLeg());
        writer.writeOptional(call.getTransactionId());
        writer.writeString(call.getOriginatingCarrier());
        writer.writeString(call.getTerminatingCarrier());
        writer.writeString(call.getCalled());
        writer.writeLong(call.getReconciliation().ordinal());
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
