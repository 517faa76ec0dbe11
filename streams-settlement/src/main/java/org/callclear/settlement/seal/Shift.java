package org.callclear.settlement.seal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.settlement.proof.Hashes;
import org.callclear.settlement.proof.MerkleTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time in which this instance is the one that seals: a producer that has fenced all others, and what it knows of the
 * statements that are published. After a failure a new one begins.
 */
final class Shift implements AutoCloseable {
    static final TopicPartition DRAFTS = new TopicPartition(Topic.STATEMENT_DRAFTS.topic(), 0);

    private static final Logger LOG = LoggerFactory.getLogger(Shift.class);
    private static final Predicate<String> STATEMENTS =
            Topic.STATEMENTS.pattern().asMatchPredicate();

    private final SealerClients clients;
    private final CommittedReader reader;
    private final Place place;
    private final Producer<String, SpecificRecord> producer;
    private final Chain chain = new Chain();
    private ScanStarts starts = ScanStarts.BEGINNING;

    /**
     * Where leaves are sorted.
     *
     * @param directory for what does not fit into memory
     * @param leavesInMemory at most
     */
    record Place(Path directory, int leavesInMemory) {}

    /**
     * A draft with its place.
     *
     * @param offset on statement-drafts
     * @param timestamp of its record, which the statement's gets too
     */
    record Placed(StatementDraft draft, long offset, long timestamp) {}

    private Shift(SealerClients clients, RecordDeserializer deserializer, Place place) {
        this.clients = clients;
        this.reader = new CommittedReader(clients, deserializer);
        this.place = place;
        this.producer = clients.producer();
    }

    /**
     * Begins: whoever sealed before cannot publish any more. The consumer stands at the first draft that is not sealed.
     *
     * @param meanwhile done every moment while it takes long
     */
    static Shift begin(
            SealerClients clients,
            RecordDeserializer deserializer,
            Place place,
            Consumer<byte[], byte[]> drafts,
            Runnable meanwhile) {
        Shift shift = new Shift(clients, deserializer, place);
        try {
            shift.producer.initTransactions();
            shift.rewind(drafts);
            shift.learn(meanwhile);
            return shift;
        } catch (RuntimeException e) {
            shift.close();
            throw e;
        }
    }

    private void rewind(Consumer<byte[], byte[]> drafts) {
        OffsetAndMetadata committed = drafts.committed(Set.of(DRAFTS)).get(DRAFTS);
        if (committed == null) {
            drafts.seekToBeginning(List.of(DRAFTS));
        } else {
            drafts.seek(DRAFTS, committed.offset());
            starts = ScanStarts.read(committed.metadata());
        }
    }

    private void learn(Runnable meanwhile) {
        Map<TopicPartition, Long> all = new HashMap<>();
        try (Consumer<byte[], byte[]> consumer = clients.reader("read_committed")) {
            consumer.listTopics().forEach((name, partitions) -> {
                if (STATEMENTS.test(name)) {
                    partitions.forEach(part -> all.put(partition(part), 0L));
                }
            });
        }
        reader.read(
                all,
                (partition, offset, value) -> {
                    if (value instanceof Statement statement) {
                        chain.add(statement);
                    }
                },
                meanwhile);
    }

    /**
     * Seals drafts and publishes the statements.
     *
     * @param group what proves that the drafts are still this instance's
     * @return how many statements were published; nothing when no key may sign any more, and then there are none
     * @throws SealException when one cannot be sealed
     */
    OptionalInt seal(List<Placed> drafts, StatementSigner signer, ConsumerGroupMetadata group, Runnable meanwhile) {
        List<StatementDraft> due = chain.due(drafts.stream().map(Placed::draft).toList());
        List<MerkleTree.Growing> trees;
        ScanStarts next = starts;
        if (due.isEmpty()) {
            trees = List.of();
        } else {
            try (LineCollector lines = new LineCollector(due, chain, place.directory(), place.leavesInMemory())) {
                next = scan(lines, meanwhile);
                trees = lines.trees(meanwhile);
            }
        }
        List<ProducerRecord<String, SpecificRecord>> statements = new ArrayList<>();
        for (int i = 0; i < due.size(); i++) {
            Optional<Statement> sealed = seal(due.get(i), trees.get(i), signer);
            if (sealed.isEmpty()) {
                return OptionalInt.empty();
            }
            chain.add(sealed.get());
            statements.add(record(sealed.get(), timestamp(due.get(i), drafts)));
        }
        publish(statements, new OffsetAndMetadata(drafts.getLast().offset() + 1, next.text()), group);
        starts = next;
        return OptionalInt.of(statements.size());
    }

    /** Reads the books from where the earliest entry may stand that is in no statement yet. */
    private ScanStarts scan(LineCollector lines, Runnable meanwhile) {
        Map<TopicPartition, Long> from = new HashMap<>();
        try (Consumer<byte[], byte[]> consumer = clients.reader("read_committed")) {
            consumer.partitionsFor(Topic.POSTINGS.topic())
                    .forEach(part -> from.put(partition(part), starts.of(part.partition())));
            requireThere(consumer, from);
        }
        Map<Integer, Long> next = new HashMap<>();
        Map<TopicPartition, Long> ends = reader.read(
                from,
                (partition, offset, value) -> {
                    if (value instanceof LedgerEntry entry && !lines.take(entry)) {
                        next.putIfAbsent(partition.partition(), offset);
                    }
                },
                meanwhile);
        ends.forEach((partition, end) -> next.putIfAbsent(partition.partition(), end));
        return new ScanStarts(next);
    }

    /** A root over what is left of the books, where some of them is gone, would be wrong and signed. */
    private void requireThere(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> from) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(from.keySet());
        Map<TopicPartition, Long> ends = consumer.endOffsets(from.keySet());
        from.forEach((partition, start) -> {
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            if (starts.knows(partition.partition()) && (start < begin || start > end)) {
                throw new SealException(partition + ": sealing is to begin at offset " + start + ", but there is "
                        + begin + " to " + end + ": entries of a period that is not sealed yet are gone");
            }
        });
    }

    private Optional<Statement> seal(StatementDraft draft, MerkleTree.Growing tree, StatementSigner signer) {
        try {
            byte[] unsigned = StatementSeal.unsigned(
                    Bytes.of(draft.getJson()), chain.previous(draft.getCarrier()), tree.size(), tree.root());
            return signer.sign(keyId -> StatementSeal.toSign(unsigned, keyId)).map(signature -> {
                byte[] json = StatementSeal.signed(unsigned, signature.keyId(), signature.value());
                LOG.info("statement {} sealed over {} call lines", draft.getStatementId(), tree.size());
                return new Statement(
                        draft.getStatementId(),
                        draft.getCarrier(),
                        draft.getPeriod(),
                        draft.getSequence(),
                        ByteBuffer.wrap(json),
                        ByteBuffer.wrap(Hashes.sha256(json)));
            });
        } catch (IllegalArgumentException e) {
            throw new SealException("draft " + draft.getStatementId() + ": " + e.getMessage(), e);
        }
    }

    private static long timestamp(StatementDraft draft, List<Placed> drafts) {
        return drafts.stream()
                .filter(placed -> placed.draft().getStatementId().equals(draft.getStatementId()))
                .findFirst()
                .orElseThrow()
                .timestamp();
    }

    private static ProducerRecord<String, SpecificRecord> record(Statement statement, long timestamp) {
        String topic = Topic.STATEMENTS.of(new CarrierId(statement.getCarrier()));
        return new ProducerRecord<>(topic, null, timestamp, statement.getStatementId(), statement);
    }

    private void publish(
            List<ProducerRecord<String, SpecificRecord>> statements,
            OffsetAndMetadata sealed,
            ConsumerGroupMetadata group) {
        producer.beginTransaction();
        for (ProducerRecord<String, SpecificRecord> statement : statements) {
            var unused = producer.send(statement); // one that fails makes the commit fail
        }
        producer.sendOffsetsToTransaction(Map.of(DRAFTS, sealed), group);
        producer.commitTransaction();
    }

    private static TopicPartition partition(PartitionInfo part) {
        return new TopicPartition(part.topic(), part.partition());
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
