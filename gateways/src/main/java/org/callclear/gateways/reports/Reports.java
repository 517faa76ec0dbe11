package org.callclear.gateways.reports;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's voice: which record goes to which topic, under which key, with which header. */
public final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final String REPLY_TO = "reply-to";

    private final Outbox outbox;
    private final TopicPresence topics;
    private final String statusTopic;
    private final String cdrTopic;
    private final String gateway;
    private final AtomicLong unsent = new AtomicLong();

    /**
     * @param gateway who speaks
     * @param carrier the carrier it belongs to
     */
    public Reports(Outbox outbox, TopicPresence topics, GatewayId gateway, CarrierId carrier) {
        this.outbox = outbox;
        this.topics = topics;
        this.gateway = gateway.value();
        this.statusTopic = Topic.GATEWAY_STATUS.of(gateway);
        this.cdrTopic = Topic.CDRS.of(carrier);
    }

    /**
     * Tells a proxy what became of its call. The carrier must be one that a token vouches for. Events of one call keep
     * their order.
     *
     * @return done when the record is acknowledged or given up; a record given up is counted and logged
     */
    public CompletableFuture<Void> event(CarrierId carrier, String proxy, String callId, SpecificRecord event) {
        ProducerRecord<String, SpecificRecord> record =
                new ProducerRecord<>(Topic.SETUP_EVENTS.of(carrier), callId, event);
        record.headers().add(REPLY_TO, proxy.getBytes(StandardCharsets.UTF_8));
        return settle(outbox.send(record), event.getSchema().getName(), callId, record.topic());
    }

    /**
     * Tells a proxy that its set-up was not let in. The carrier is only what the record claimed, so it is first looked
     * whether it has a topic at all: a made-up name must not hold up the events of other calls.
     *
     * @return done when the record is acknowledged or given up; a record given up is counted and logged
     */
    public CompletableFuture<Void> rejection(CarrierId claimed, SetupRejected event) {
        return topics.exists(Topic.SETUP_EVENTS.of(claimed))
                .toCompletableFuture()
                .thenCompose(exists -> {
                    if (exists) {
                        return event(claimed, event.getProxy(), event.getCallId(), event);
                    }
                    unsent.incrementAndGet();
                    LOG.warn(
                            "call {}: {} cannot be told to carrier {}, which has no topic for it",
                            ForeignText.id(event.getCallId()),
                            event.getRefusal(),
                            claimed);
                    return CompletableFuture.completedFuture(null);
                });
    }

    /** Reports a call. Done when the record is acknowledged; exceptionally when it was not, and must be sent again. */
    public CompletableFuture<Void> cdr(CallDetailRecord cdr) {
        return outbox.send(new ProducerRecord<>(cdrTopic, cdr.getCallId(), cdr));
    }

    /** Reports how the gateway is. Done when the record is acknowledged; exceptionally when it was not. */
    public CompletableFuture<Void> status(GatewayStatus status) {
        return outbox.send(new ProducerRecord<>(statusTopic, gateway, status));
    }

    /** How many events could not be sent since the start. */
    public long unsent() {
        return unsent.get();
    }

    private CompletableFuture<Void> settle(CompletableFuture<Void> sent, String what, String callId, String topic) {
        return sent.exceptionally(failure -> {
            unsent.incrementAndGet();
            LOG.warn(
                    "call {}: {} could not be sent to {}: {}", ForeignText.id(callId), what, topic, failure.toString());
            return null;
        });
    }
}
