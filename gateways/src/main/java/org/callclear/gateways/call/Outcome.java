package org.callclear.gateways.call;

import java.time.Instant;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param answeredAt null when it was not answered
 * @param endedAt never before the answer
 * @param sipStatus final status of the INVITE, 200 when answered
 * @param q850 Q.850 cause
 * @param source who ended it
 */
public record Outcome(@Nullable Instant answeredAt, Instant endedAt, int sipStatus, int q850, ReleaseSource source) {

    /** The terminating CDR of a call with this outcome: the same facts always give the same record. */
    public CallDetailRecord cdr(CallFacts facts) {
        return CallDetailRecord.newBuilder()
                .setCallId(facts.call().toString())
                .setLeg(facts.leg())
                .setRole(Role.TERMINATING)
                .setTransactionId(facts.transaction().hex())
                .setOriginatingCarrier(facts.originating().value())
                .setTerminatingCarrier(facts.terminating().value())
                .setGateway(facts.gateway().value())
                .setCalling(facts.calling().digits())
                .setCalled(facts.called().digits())
                .setSetupAt(facts.setupAt())
                .setAnsweredAt(answeredAt)
                .setEndedAt(endedAt)
                .setSipStatus(sipStatus)
                .setQ850Cause(q850)
                .setReleaseSource(source)
                .setVersion(1)
                .build();
    }
}
