package org.callclear.gateways.call;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupAnswered;
import org.callclear.schemas.avro.SetupFailed;
import org.callclear.schemas.avro.SetupProgress;
import org.callclear.sip.call.Sdp;

/** The records that tell a proxy what became of its call. */
public final class CallEvents {
    private CallEvents() {}

    static SpecificRecord progress(CallFacts facts, int status, Sdp sdp, Instant at) {
        return SetupProgress.newBuilder()
                .setCallId(facts.call().toString())
                .setTransactionId(facts.transaction().hex())
                .setProxy(facts.proxy())
                .setGateway(facts.gateway().value())
                .setSipStatus(status)
                .setSdp(sdp.isEmpty() ? null : ByteBuffer.wrap(sdp.bytes()))
                .setAt(at)
                .build();
    }

    static SpecificRecord answered(CallFacts facts, Sdp sdp, Instant at) {
        return SetupAnswered.newBuilder()
                .setCallId(facts.call().toString())
                .setTransactionId(facts.transaction().hex())
                .setProxy(facts.proxy())
                .setGateway(facts.gateway().value())
                .setSdp(ByteBuffer.wrap(sdp.bytes()))
                .setAnsweredAt(at)
                .build();
    }

    /** The last word on a call: that it was released when it had been answered, that its set-up failed when not. */
    public static SpecificRecord last(CallFacts facts, Outcome outcome) {
        return outcome.answeredAt() == null
                ? failed(facts, outcome.sipStatus(), outcome.q850(), outcome.endedAt())
                : released(facts, outcome.q850(), outcome.source(), outcome.endedAt());
    }

    private static SpecificRecord failed(CallFacts facts, int status, int q850, Instant at) {
        return SetupFailed.newBuilder()
                .setCallId(facts.call().toString())
                .setTransactionId(facts.transaction().hex())
                .setProxy(facts.proxy())
                .setGateway(facts.gateway().value())
                .setSipStatus(status)
                .setQ850Cause(q850)
                .setAt(at)
                .build();
    }

    private static SpecificRecord released(CallFacts facts, int q850, ReleaseSource source, Instant at) {
        return CallReleased.newBuilder()
                .setCallId(facts.call().toString())
                .setTransactionId(facts.transaction().hex())
                .setProxy(facts.proxy())
                .setQ850Cause(q850)
                .setSource(source)
                .setAt(at)
                .build();
    }
}
