package org.callclear.proxy.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.header.Header;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a carrier's responses and set-up events from now on, and hands over what is meant for one instance. */
public final class AnswerTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerTail.class);

    private final String instance;
    private final String responses;
    private final Answers answers;
    private final Hearing hearing;
    private final TopicTail tail;

    private AnswerTail(KafkaAccess access, CarrierId carrier, String instance, SetupIds setupIds, Hearing hearing) {
        this.instance = instance;
        this.responses = Topic.AUTHORIZATION_RESPONSES.of(carrier);
        this.answers = new Answers(instance, setupIds);
        this.hearing = hearing;
        this.tail = TopicTail.start(
                access,
                "proxy-" + instance + "-answers",
                List.of(responses, Topic.SETUP_EVENTS.of(carrier)),
                TopicTail.From.END,
                this::take);
    }

    /**
     * Starts to follow.
     *
     * @param setupIds the names that this instance gives its set-ups
     */
    public static AnswerTail start(
            KafkaAccess access, CarrierId carrier, String instance, SetupIds setupIds, Hearing hearing) {
        return new AnswerTail(access, carrier, instance, setupIds, hearing);
    }

    /** Done when nothing that is said from now on can be missed. */
    public CompletableFuture<Void> caughtUp() {
        return tail.caughtUp();
    }

    /** Done when answers are no longer followed: exceptionally when that had to be given up. */
    public CompletableFuture<Void> ended() {
        return tail.ended();
    }

    /** What Kafka's consumer counts. */
    public Map<MetricName, ? extends Metric> metrics() {
        return tail.metrics();
    }

    @Override
    public void close() {
        tail.close();
    }

    private void take(ConsumerRecord<String, byte[]> record, @Nullable Reading reading) {
        Header replyTo = record.headers().lastHeader(KafkaExchange.REPLY_TO);
        if (replyTo != null && !new String(replyTo.value(), StandardCharsets.UTF_8).equals(instance)) {
            return;
        }
        switch (reading) {
            case Reading.Read read -> said(record, read).ifPresent(said -> hearing.heard(said.call(), said.event()));
            case Reading.Unreadable unreadable ->
                LOG.warn(
                        "passed over an unreadable record at {}-{}@{}: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        ForeignText.reason(unreadable.why()));
            case null -> {}
        }
    }

    private Optional<Answers.Said> said(ConsumerRecord<String, byte[]> record, Reading.Read read) {
        return record.topic().equals(responses) ? answers.response(read.value()) : answers.setupEvent(read.value());
    }
}
