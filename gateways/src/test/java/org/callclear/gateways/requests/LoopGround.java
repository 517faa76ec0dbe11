package org.callclear.gateways.requests;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.callclear.gateways.GatewayWorld;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.SetupCancelled;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordSerializer;
import org.jspecify.annotations.Nullable;

/** A request loop with clients that a test drives, in front of a gateway without a network. */
final class LoopGround implements AutoCloseable {
    static final String TOPIC = Topic.SETUP_REQUESTS.of(GatewayWorld.GATEWAY);
    static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Duration SOON = Duration.ofSeconds(30);

    final GatewayWorld world;
    final RequestLoop loop;
    final RecordSerializer serializer;

    /** What was committed, call by call. */
    final List<Map<TopicPartition, OffsetAndMetadata>> commits = new CopyOnWriteArrayList<>();

    /** The member of the group. */
    final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized void subscribe(Collection<String> topics, ConsumerRebalanceListener told) {
            listener = told;
            super.subscribe(topics, told);
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
            commits.add(offsets);
            super.commitAsync(offsets, callback);
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            commits.add(offsets);
            super.commitSync(offsets, timeout);
        }
    };

    /** The reader of partitions that were given up. */
    final MockConsumer<String, byte[]> alone = new MockConsumer<>("none");

    private final ThreadLocal<Boolean> working = ThreadLocal.withInitial(() -> false);
    private @Nullable ConsumerRebalanceListener listener;
    private volatile boolean workersGone;
    private long next;
    private long overheard;

    /** Has the one partition when this returns. */
    LoopGround(Path directory) throws Exception {
        world = new GatewayWorld(directory, 2, null, this::run, true);
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        serializer = new RecordSerializer(registry);
        for (var schema : List.of(
                SetupRequested.getClassSchema(),
                SetupCancelled.getClassSchema(),
                CallReleased.getClassSchema(),
                CallDetailRecord.getClassSchema())) {
            registry.register(schema.getFullName(), new AvroSchema(schema));
        }
        loop = new RequestLoop(
                new RequestLoop.Readers(consumer, alone), TOPIC, new RecordDeserializer(registry), world.desk, SOON);
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(Set.of(PARTITION)));
        loop.start().join();
    }

    /** From now on what runs on a worker can hand nothing more to another. */
    void workersGoAway() {
        workersGone = true;
    }

    /** The workers; when they are gone, what runs on one may hand nothing more to another, as the board does. */
    private void run(Runnable task) {
        if (workersGone && working.get()) {
            throw new WorkersGoneException();
        }
        working.set(true);
        task.run();
        working.set(false);
    }

    /** The fault of workers that went away. */
    static final class WorkersGoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** In one rebalance, as the members of the group see it that revoke all they have first; others committed up to there. */
    void goAndComeBack(long position) {
        ConsumerRebalanceListener told = Objects.requireNonNull(listener);
        told.onPartitionsRevoked(Set.of(PARTITION));
        consumer.seek(PARTITION, position);
        told.onPartitionsAssigned(Set.of(PARTITION));
    }

    /** The word that ends it. */
    SetupCancelled cancel(SetupRequested setup) {
        return new SetupCancelled(setup.getCallId(), setup.getTransactionId(), 16, world.clock.instant());
    }

    /** Comes to stand in the partition, which is another's now. */
    void overhear(SpecificRecord value) {
        long offset = overheard++;
        byte[] bytes = serializer.serialize(TOPIC, value);
        alone.schedulePollTask(() -> alone.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, "key", bytes)));
    }

    /** Comes to stand in the partition, which is this instance's. */
    void write(String key, SpecificRecord value) {
        write(key, serializer.serialize(TOPIC, value));
    }

    void write(String key, byte @Nullable [] value) {
        long offset = next++;
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, key, value)));
    }

    /** Up to where was committed. */
    long committed() {
        var offset = consumer.committed(Set.of(PARTITION)).get(PARTITION);
        return offset == null ? 0 : offset.offset();
    }

    @Override
    public void close() {
        loop.close();
        world.close();
    }
}
