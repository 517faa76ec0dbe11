package org.callclear.clearinghouse.answering;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.callclear.clearinghouse.World;
import org.callclear.clearinghouse.decision.Decider;
import org.callclear.clearinghouse.grant.GrantBook;
import org.callclear.clearinghouse.grant.GrantMaker;
import org.callclear.clearinghouse.grant.GrantTokens;
import org.callclear.clearinghouse.grant.Judge;
import org.callclear.clearinghouse.limit.LimitBook;
import org.callclear.clearinghouse.limit.StrikeLog;
import org.callclear.clearinghouse.stage.Stage;
import org.callclear.metrics.Latencies;
import org.callclear.metrics.MeterBook;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordSerializer;
import org.callclear.tokens.SigningKeys;
import org.callclear.tokens.TokenIssuer;
import org.jspecify.annotations.Nullable;

/** Desks that share one world, one key file and one clock, as instances of the clearinghouse do. */
final class DeskRig {
    static final String TOPIC = "carrier.acme.authorization-requests";
    /** A call is remembered so long after its tokens have expired, or after it was denied. */
    static final Duration MARGIN = Duration.ofSeconds(60);

    static final Placement PLACEMENT = new Placement(4);

    final World world = new World();
    private final Clock clock = Clock.fixed(World.NOW, ZoneOffset.UTC);
    final RecordSerializer serializer;
    private final RecordDeserializer deserializer;
    private final SigningKeys keys;
    private final Set<String> revoked = new HashSet<>();
    private final MeterBook meters = new MeterBook();
    private final Latencies<Stage> stages =
            meters.of("clearinghouse", "ch1").latencies("stage", "of an answer", "stage", Stage.class);
    private final Tally tally = new Tally(stages);

    DeskRig(Path directory) {
        keys = SigningKeys.create(
                directory.resolve("keys.p12"),
                directory.resolve("password"),
                World.NOW.minusSeconds(60).truncatedTo(ChronoUnit.SECONDS),
                World.NOW.plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS),
                new SecureRandom());
        var registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
        for (var schema :
                List.of(AuthorizationRequest.getClassSchema(), Grant.getClassSchema(), Carrier.getClassSchema())) {
            try {
                registry.register(schema.getFullName(), new AvroSchema(schema));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        serializer = new RecordSerializer(registry);
        deserializer = new RecordDeserializer(registry);
    }

    /** All that was measured, as the page of metrics has it. */
    String measured() {
        return meters.text(MeterBook.Form.PLAIN);
    }

    /** What became of all requests to all its desks. */
    Tally tally() {
        return tally;
    }

    /** From now on nothing may be signed with the key. */
    void revokeTheKey() {
        revoked.addAll(keys.keyIds());
    }

    /** A desk with an empty memory: an instance that has just been started. */
    AnswerDesk desk(Outbox outbox) {
        return desk(outbox, book(), clock);
    }

    /** A book that knows of no calls. */
    static LimitBook book() {
        return new LimitBook(World.OVER_WITHIN, 10_000);
    }

    /** A desk that goes by a book and a clock of its own. */
    AnswerDesk desk(Outbox outbox, LimitBook book, Clock time) {
        GrantTokens tokens = new GrantTokens(new TokenIssuer(keys), "callclear", key -> !revoked.contains(key));
        Judge judge = new Judge(
                new Decider(World.MAX_AGE, World.ALIVE_WITHIN, World.OVER_WITHIN),
                world::snapshot,
                (gateway, now) -> Optional.of(keys.keyIds().getFirst()),
                new GrantMaker(new SecureRandom(), Duration.ofSeconds(60), Duration.ofHours(1)),
                tokens,
                new Judge.Limiting(book, new StrikeLog()),
                stages);
        return new AnswerDesk(
                new AnswerDesk.Equipment(
                        new RequestReader(deserializer, PLACEMENT),
                        judge,
                        tokens,
                        new GrantBook(1000),
                        outbox,
                        Runnable::run),
                new AnswerDesk.Memory(MARGIN, MARGIN),
                tally,
                time);
    }

    ConsumerRecord<byte[], byte[]> record(AuthorizationRequest request, long offset) {
        byte[] key = request.getCallId().getBytes(StandardCharsets.UTF_8);
        return record(key, request, PLACEMENT.of(key), offset);
    }

    ConsumerRecord<byte[], byte[]> record(byte @Nullable [] key, SpecificRecord value, int partition, long offset) {
        return record(key, serializer.serialize(TOPIC, value), partition, offset);
    }

    @SuppressWarnings("NullAway") // Kafka does not say that a key may be null, but it may
    static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] key, byte[] value, int partition, long offset) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("reply-to", "p1".getBytes(StandardCharsets.UTF_8));
        return new ConsumerRecord<>(
                TOPIC,
                partition,
                offset,
                World.NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty());
    }

    RecordDeserializer deserializer() {
        return deserializer;
    }

    static Tenure tenure() {
        return new Tenure(new TopicPartition(TOPIC, 0), () -> true);
    }
}
