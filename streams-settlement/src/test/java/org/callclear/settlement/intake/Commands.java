package org.callclear.settlement.intake;

import static org.callclear.testkit.settlement.CallStory.aCall;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.callclear.schemas.avro.NettingLine;
import org.callclear.schemas.avro.PostNetting;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/** Commands that are sound as they are. */
final class Commands {
    static final String CALL = aCall("c1").callId();
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private Commands() {}

    static ResolveDispute resolve(Resolution resolution, @Nullable Long settledMillis) {
        return ResolveDispute.newBuilder()
                .setCommandId("r-1")
                .setDisputeId(CALL + "/1")
                .setCallId(CALL)
                .setLeg(1)
                .setResolution(resolution)
                .setSettledMillis(settledMillis)
                .setRequestedBy("finance")
                .setRequestedAt(NOW)
                .setReason("agreed")
                .build();
    }

    static RerateCall rerate(RateTerms terms) {
        return RerateCall.newBuilder()
                .setCommandId("p-1")
                .setRunId("run")
                .setCallId(CALL)
                .setLeg(1)
                .setSide(Role.ORIGINATING)
                .setTerms(terms)
                .setRequestedBy("finance")
                .setRequestedAt(NOW)
                .setReason("wrong deck")
                .build();
    }

    static PostNetting netting(String period, String currency, NettingLine... lines) {
        return PostNetting.newBuilder()
                .setCommandId("n-1")
                .setPeriod(period)
                .setCurrency(currency)
                .setLines(List.of(lines))
                .setRequestedBy("finance")
                .setRequestedAt(NOW)
                .setReason("paid")
                .build();
    }

    static NettingLine line(String carrier, String amount) {
        return new NettingLine(carrier, new BigDecimal(amount).setScale(6));
    }
}
