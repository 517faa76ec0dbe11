package org.callclear.proxy.kafka;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.callclear.proxy.call.Attempt;
import org.callclear.proxy.call.AttemptReport;
import org.callclear.proxy.call.GatewayLeg;
import org.callclear.proxy.call.Invitation;
import org.callclear.proxy.call.Route;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.SetupCancelled;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.sip.call.Cause;

/**
 * What a call says, as records.
 *
 * @param carrier the originating carrier
 * @param instance this proxy
 * @param maxGateways the most gateways to ask for
 * @param setupIds names the set-ups
 */
record Records(CarrierId carrier, String instance, int maxGateways, SetupIds setupIds) {
    /** The same call gives the same record, so that a repeated request is answered the same way. */
    AuthorizationRequest request(Invitation call) {
        return AuthorizationRequest.newBuilder()
                .setCallId(call.id().toString())
                .setSipCallId(call.sipCallId())
                .setOriginatingCarrier(carrier.value())
                .setProxy(instance)
                .setCalling(call.calling().digits())
                .setCalled(call.called().digits())
                .setRequestedAt(call.at())
                .setMaxGateways(maxGateways)
                .build();
    }

    SetupRequested setup(Invitation call, Route route, Instant at, Instant deadline) {
        return SetupRequested.newBuilder()
                .setCallId(call.id().toString())
                .setLeg(route.leg().leg())
                .setTransactionId(route.leg().transactionId().hex())
                .setOriginatingCarrier(carrier.value())
                .setProxy(instance)
                .setToken(route.token())
                .setCalling(call.calling().digits())
                .setCalled(call.called().digits())
                .setSdp(ByteBuffer.wrap(call.offer().bytes()))
                .setSentAt(at)
                .setDeadline(deadline)
                .setSetupId(setupIds.of(route.leg().transactionId().hex()))
                .build();
    }

    SetupCancelled cancelled(CallId call, GatewayLeg leg, Cause cause, Instant at) {
        return SetupCancelled.newBuilder()
                .setCallId(call.toString())
                .setTransactionId(leg.transactionId().hex())
                .setQ850Cause(cause.q850())
                .setAt(at)
                .build();
    }

    CallReleased released(CallId call, GatewayLeg leg, Cause cause, ReleaseSource source, Instant at) {
        return CallReleased.newBuilder()
                .setCallId(call.toString())
                .setTransactionId(leg.transactionId().hex())
                .setProxy(instance)
                .setQ850Cause(cause.q850())
                .setSource(source)
                .setAt(at)
                .build();
    }

    CallDetailRecord cdr(AttemptReport report) {
        Attempt attempt = report.attempt();
        GatewayLeg leg = attempt.gateway();
        return CallDetailRecord.newBuilder()
                .setCallId(attempt.call().toString())
                .setLeg(attempt.leg())
                .setRole(Role.ORIGINATING)
                .setTransactionId(leg == null ? null : leg.transactionId().hex())
                .setOriginatingCarrier(carrier.value())
                .setTerminatingCarrier(leg == null ? null : leg.carrier().value())
                .setGateway(leg == null ? null : leg.gateway().value())
                .setCalling(attempt.calling().digits())
                .setCalled(attempt.called().digits())
                .setSetupAt(attempt.setupAt())
                .setAnsweredAt(attempt.answeredAt())
                .setEndedAt(report.endedAt())
                .setSipStatus(report.status())
                .setQ850Cause(report.cause().q850())
                .setReleaseSource(report.source())
                .setVersion(1)
                .build();
    }
}
