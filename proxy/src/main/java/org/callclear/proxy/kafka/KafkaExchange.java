package org.callclear.proxy.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.proxy.call.AttemptReport;
import org.callclear.proxy.call.Exchange;
import org.callclear.proxy.call.GatewayLeg;
import org.callclear.proxy.call.Invitation;
import org.callclear.proxy.call.Route;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;
import org.callclear.sip.call.Cause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchange on Kafka. Key of every record is the call id, so what is said to one gateway of one call stays in order;
 * the producer is idempotent and keeps that order through its own retries.
 */
public final class KafkaExchange implements Exchange, AutoCloseable {
    /** The header that names the instance to answer. */
    static final String REPLY_TO = "reply-to";

    private static final Logger LOG = LoggerFactory.getLogger(KafkaExchange.class);
    /** With the producer's own delivery time-out of 30 s, ten minutes. */
    private static final int TRIES = 20;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Producer<String, SpecificRecord> producer;
    private final Records records;
    private final Clock clock;
    private final Lanes lanes;

    /**
     * Speaks as one proxy. Closes the producer when it is closed.
     *
     * @param maxGateways the most gateways to ask for
     * @param setupIds names the set-ups
     */
    public KafkaExchange(
            Producer<String, SpecificRecord> producer,
            CarrierId carrier,
            String instance,
            int maxGateways,
            SetupIds setupIds,
            Clock clock) {
        this.producer = producer;
        this.records = new Records(carrier, instance, maxGateways, setupIds);
        this.clock = clock;
        this.lanes = new Lanes("proxy-" + instance + "-send");
    }

    @Override
    public void ask(Invitation call, Instant until) {
        String topic = Topic.AUTHORIZATION_REQUESTS.of(records.carrier());
        var unused = sendUntil(topic, call.id(), records.request(call), until).whenComplete((sent, e) -> {
            if (e != null) { // The call asks again, or tells the caller in time.
                LOG.warn("call {}: not sent to {}: {}", call.id(), topic, e.toString());
            }
        });
    }

    @Override
    public CompletionStage<Void> setUp(Invitation call, Route route, Instant at, Instant deadline) {
        return sendUntil(setupTopic(route.leg()), call.id(), records.setup(call, route, at, deadline), deadline);
    }

    @Override
    public void cancel(CallId call, GatewayLeg leg, Cause cause, Instant at) {
        sendStubbornly(setupTopic(leg), call, records.cancelled(call, leg, cause, at), TRIES);
    }

    @Override
    public void release(CallId call, GatewayLeg leg, Cause cause, ReleaseSource source, Instant at) {
        sendStubbornly(setupTopic(leg), call, records.released(call, leg, cause, source, at), TRIES);
    }

    @Override
    public CompletionStage<Void> report(AttemptReport report) {
        return send(Topic.CDRS.of(records.carrier()), report.attempt().call(), records.cdr(report));
    }

    /** Waits up to some seconds for what was said to be safe. */
    @Override
    public void close() {
        lanes.close();
        producer.close(CLOSE_WITHIN);
    }

    private CompletableFuture<Void> send(String topic, CallId call, SpecificRecord value) {
        return sendUntil(topic, call, value, Instant.MAX);
    }

    private CompletableFuture<Void> sendUntil(String topic, CallId call, SpecificRecord value, Instant until) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        boolean queued = lanes.add(topic, () -> {
            if (clock.instant().isAfter(until)) {
                done.completeExceptionally(new NotSentException("its time has passed"));
            } else {
                hand(topic, call, value, done);
            }
        });
        if (!queued) {
            done.completeExceptionally(new NotSentException("too much waits for this topic already"));
        }
        return done;
    }

    private void hand(String topic, CallId call, SpecificRecord value, CompletableFuture<Void> done) {
        ProducerRecord<String, SpecificRecord> record = new ProducerRecord<>(topic, call.toString(), value);
        record.headers().add(REPLY_TO, records.instance().getBytes(StandardCharsets.UTF_8));
        try {
            var unused = producer.send(record, (metadata, e) -> {
                if (e == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(e);
                }
            });
        } catch (RuntimeException e) { // No metadata in time, no schema, or closed: for the caller all the same.
            done.completeExceptionally(e);
        }
    }

    private static String setupTopic(GatewayLeg leg) {
        return Topic.SETUP_REQUESTS.of(leg.gateway());
    }

    /** A gateway that is not told would keep the call up until its longest duration. */
    private void sendStubbornly(String topic, CallId call, SpecificRecord value, int tries) {
        var unused = send(topic, call, value).whenComplete((sent, e) -> {
            if (e == null) {
                return;
            }
            String what = value.getSchema().getName();
            if (tries > 1 && !(e instanceof NotSentException)) {
                LOG.warn("call {}: {} not sent to {}, trying again: {}", call, what, topic, e.toString());
                sendStubbornly(topic, call, value, tries - 1);
            } else {
                LOG.error("call {}: {} not sent to {}, given up: {}", call, what, topic, e.toString());
            }
        });
    }

    /** A record was not handed to Kafka at all. */
    private static final class NotSentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotSentException(String message) {
            super(message, null, false, false);
        }
    }
}
