package org.callclear.gateways.replay;

import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.gateways.GatewayWorld;
import org.callclear.gateways.reports.Outbox;
import org.callclear.schemas.avro.TokenMemoryMark;
import org.callclear.schemas.avro.UsedToken;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordSerializer;

/** A topic of used tokens in which only what a test puts there stands, whatever a memory writes. */
final class ClaimLog {
    static final String TOPIC = Topic.USED_TOKENS.of(GatewayWorld.GATEWAY);
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Duration SOON = Duration.ofSeconds(30);

    /** What the memory wrote; acknowledged when a test says so. */
    final MockProducer<String, SpecificRecord> producer =
            new MockProducer<>(false, null, new StringSerializer(), (topic, value) -> new byte[0]);

    final Reading consumer = new Reading();
    private final Uuid first = Uuid.randomUuid();

    /** Which topic it is. */
    volatile Supplier<CompletionStage<Uuid>> id = () -> CompletableFuture.completedFuture(first);

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final RecordSerializer serializer = new RecordSerializer(registry);
    private long end;

    ClaimLog() throws Exception {
        for (var schema : List.of(UsedToken.getClassSchema(), TokenMemoryMark.getClassSchema())) {
            registry.register(schema.getFullName(), new AvroSchema(schema));
        }
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    /** A consumer that knows when records were stamped. */
    static final class Reading extends MockConsumer<String, byte[]> {
        private Optional<OffsetAndTimestamp> place = Optional.empty();
        private long askedFor;

        Reading() {
            super("none");
        }

        /** At which offset a record stands that is young enough. */
        synchronized void youngEnough(long offset) {
            place = Optional.of(new OffsetAndTimestamp(offset, 0));
        }

        /** For what moment it was asked. */
        synchronized Instant askedFor() {
            return Instant.ofEpochMilli(askedFor);
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            askedFor = times.values().iterator().next();
            return place.map(found -> Map.of(PARTITION, found)).orElseGet(Map::of);
        }
    }

    ClaimClients clients() {
        return new ClaimClients(
                topic -> id.get(), consumer, new Outbox(producer, "test-claims"), new RecordDeserializer(registry));
    }

    /** The next record comes to stand in the log. */
    void append(SpecificRecord value, Instant stamped) {
        append(value, stamped, TimestampType.LOG_APPEND_TIME);
    }

    void append(SpecificRecord value, Instant stamped, TimestampType type) {
        byte[] bytes = serializer.serialize(TOPIC, value);
        var record = new ConsumerRecord<>(
                TOPIC,
                0,
                end++,
                stamped.toEpochMilli(),
                type,
                0,
                bytes.length,
                "key",
                bytes,
                new RecordHeaders(),
                Optional.empty());
        consumer.schedulePollTask(() -> consumer.addRecord(record));
    }

    /** Waits until the memory has written its so-maniest claim, and gives it. */
    UsedToken claim(int number) {
        await().atMost(SOON).until(() -> claims().size() >= number);
        return claims().get(number - 1);
    }

    TokenMemoryMark mark() {
        await().atMost(SOON).until(() -> !marks().isEmpty());
        return marks().getFirst();
    }

    private List<UsedToken> claims() {
        return written(UsedToken.class);
    }

    private List<TokenMemoryMark> marks() {
        return written(TokenMemoryMark.class);
    }

    private <T> List<T> written(Class<T> kind) {
        return producer.history().stream()
                .filter(record -> kind.isInstance(record.value()))
                .map(record -> kind.cast(record.value()))
                .toList();
    }
}
