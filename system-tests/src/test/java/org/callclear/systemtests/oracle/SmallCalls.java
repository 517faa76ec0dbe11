package org.callclear.systemtests.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.testkit.settlement.CallStory;
import org.jspecify.annotations.Nullable;

/**
 * Calls from acme to zenith at 0.012 EUR a minute, of which zenith is due 0.010; tolerance 2 s, 3600 s at most. So a minute
 * is 0.012 owed, 0.010 due, and 0.002 stays.
 */
final class SmallCalls {
    static final long AN_HOUR = 3_600;
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final String OWED = "carrier:acme EUR 2026-11 RECEIVABLE";
    static final String DUE = "carrier:zenith EUR 2026-11 PAYABLE";
    static final String FEE = "clearinghouse:fee EUR 2026-11 FEE";
    static final String WITHHELD = "suspense:acme EUR 2026-11 SUSPENSE";

    private SmallCalls() {}

    static Outcome settle(SpecificRecord... records) {
        return Oracle.settle(List.of(new ArrayList<>(Arrays.asList(records))), AN_HOUR);
    }

    /** The accounts' sums, without those of each attempt. */
    static Map<String, String> totals(Outcome outcome) {
        Map<String, String> totals = new TreeMap<>(outcome.accounts());
        totals.keySet().removeIf(account -> account.split(" ").length > 4);
        return totals;
    }

    static PeriodBarrier close(@Nullable String closes, String opens) {
        return PeriodBarrier.newBuilder()
                .setCloses(closes)
                .setOpens(opens)
                .setCarriers(List.of("acme", "zenith"))
                .setCommandId("c")
                .setAt(NOON)
                .setPartitions(1)
                .build();
    }

    static ResolveDispute decide(CallStory call, Resolution resolution, @Nullable Long settled) {
        return ResolveDispute.newBuilder()
                .setCommandId("d")
                .setDisputeId(call.callId() + "/" + call.leg())
                .setCallId(call.callId())
                .setLeg(call.leg())
                .setResolution(resolution)
                .setSettledMillis(settled)
                .setRequestedBy("finance")
                .setRequestedAt(NOON)
                .setReason("test")
                .build();
    }

    static AcceptedCdr corrected(CallStory call, AcceptedCdr report, long talked, int version) {
        CallDetailRecord cdr = report.getCdr();
        Instant answer = cdr.getAnsweredAt();
        return call.accepted(
                report.getReporter(),
                CallDetailRecord.newBuilder(cdr)
                        .setVersion(version)
                        .setEndedAt(answer.plusMillis(talked))
                        .build());
    }

    static AcceptedCdr at(AcceptedCdr report, Instant accepted) {
        return AcceptedCdr.newBuilder(report).setAcceptedAt(accepted).build();
    }

    static String micros(long micros) {
        return Fraction.of(micros, 1_000_000).fixed(6);
    }

    static BigDecimal decimal(String text) {
        return new BigDecimal(text).setScale(6);
    }
}
