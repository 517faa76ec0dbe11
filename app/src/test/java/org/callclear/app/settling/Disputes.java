package org.callclear.app.settling;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Evidence;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.Withheld;
import org.jspecify.annotations.Nullable;

/** Disputes made up for tests: between acme and zenith, over a call from 4989654321 to 4930123456. */
public final class Disputes {
    public static final String CALL = "0198f1aa-5e5c-7000-8000-000000000001";
    public static final String CALLING = "4989654321";
    public static final String CALLED = "4930123456";
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private Disputes() {}

    /** An open one over the talk time, with both reports; null for nothing. */
    public static Dispute open(@Nullable Long settledMillis, @Nullable Long claimedMillis) {
        return Dispute.newBuilder()
                .setDisputeId(CALL + "/1")
                .setCallId(CALL)
                .setLeg(1)
                .setOriginatingCarrier("acme")
                .setTerminatingCarrier("zenith")
                .setReconciliation(ReconciliationClass.DURATION_MISMATCH)
                .setDetail("the talk times differ")
                .setPeriod("2026-11")
                .setState("OPEN")
                .setSettledMillis(settledMillis)
                .setClaimedMillis(claimedMillis)
                .setOrigination(claimedMillis == null ? null : withheld("0.012000"))
                .setTermination(claimedMillis == null ? null : withheld("0.010000"))
                .setEvidence(List.of(report(Role.ORIGINATING, "acme", 7), report(Role.TERMINATING, "zenith", 8)))
                .setChangedAt(NOON)
                .build();
    }

    /** The same when somebody has decided it. */
    public static Dispute decided(Dispute open, String state, String by) {
        return Dispute.newBuilder(open)
                .setState(state)
                .setRevision(open.getRevision() + 1)
                .setDecidedBy(by)
                .setReason("as agreed")
                .build();
    }

    private static Withheld withheld(String amount) {
        RateTerms terms = RateTerms.newBuilder()
                .setContract("std")
                .setContractRevision(4)
                .setDeck("wholesale")
                .setDeckRevision(9)
                .setPrefix("49")
                .setDestination("Germany")
                .setRatePerMinute(new BigDecimal("0.012000"))
                .setCurrency("EUR")
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(new BigDecimal("0.000000"))
                .build();
        return new Withheld(new BigDecimal(amount), "EUR", terms);
    }

    private static Evidence report(Role role, String reporter, long offset) {
        return Evidence.newBuilder()
                .setRole(role)
                .setReporter(reporter)
                .setVersion(1)
                .setTransactionId("0123456789abcdef0123456789abcdef")
                .setCalling(CALLING)
                .setCalled(CALLED)
                .setSetupAt(NOON)
                .setAnsweredAt(NOON.plusSeconds(4))
                .setEndedAt(NOON.plusSeconds(64))
                .setSipStatus(200)
                .setQ850Cause(16)
                .setSourcePartition(3)
                .setSourceOffset(offset)
                .build();
    }
}
