package org.callclear.clearinghouse.answering;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.callclear.clearinghouse.decision.Decision;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;

/** Sends answers to who asked, as long as it is this instance's to answer. */
final class Answers {
    private final Outbox outbox;

    Answers(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Where an answer goes.
     *
     * @param replyTo the proxy instance, for the header
     * @param tenure the tenure of the partition that the request came on
     */
    record Address(CarrierId carrier, CallId callId, String replyTo, Tenure tenure) {}

    /** Done when it is written; failed with {@link NotOursException} when it must not be. */
    CompletableFuture<Void> send(Address to, SpecificRecord answer) {
        if (!to.tenure().mayAnswer()) {
            return CompletableFuture.failedFuture(new NotOursException());
        }
        List<Header> headers =
                List.of(new RecordHeader(RequestReader.REPLY_TO, to.replyTo().getBytes(StandardCharsets.UTF_8)));
        return outbox.send(new ProducerRecord<>(
                Topic.AUTHORIZATION_RESPONSES.of(to.carrier()),
                null,
                to.callId().toString(),
                answer,
                headers));
    }

    /** A no as it is sent. */
    static AuthorizationDenied denied(CallId callId, String proxy, Decision.Denied denied, Instant now) {
        return AuthorizationDenied.newBuilder()
                .setCallId(callId.toString())
                .setProxy(proxy)
                .setDecidedAt(now)
                .setReason(denied.reason())
                .setSipStatus(denied.sipStatus())
                .setQ850Cause(denied.q850Cause())
                .setDetail(denied.detail())
                .setRetryAfterSeconds(denied.retryAfterSeconds())
                .build();
    }
}
