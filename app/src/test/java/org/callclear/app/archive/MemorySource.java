package org.callclear.app.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.settlement.period.Period;

/** A log in memory. It knows which topics were read. */
final class MemorySource implements RecordSource {
    private final SortedMap<String, SortedMap<Integer, List<ConsumerRecord<byte[], byte[]>>>> topics = new TreeMap<>();
    private final Map<Integer, Schema> schemas = new TreeMap<>();
    private final SortedMap<String, SortedMap<Integer, Long>> begins = new TreeMap<>();
    private final List<Period> open = new ArrayList<>();
    final SortedSet<String> read = new TreeSet<>();
    private Runnable onRead = () -> {};

    void topic(String topic, int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            topics.computeIfAbsent(topic, unused -> new TreeMap<>()).put(partition, new ArrayList<>());
        }
    }

    /** Where the next record of a partition comes to stand: one in seven offsets is a transaction's mark. */
    long next(String topic, int partition) {
        List<ConsumerRecord<byte[], byte[]>> records = records(topic, partition);
        long after = records.isEmpty() ? 0 : records.getLast().offset() + 1;
        return after % 7 == 6 ? after + 1 : after;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        records(record.topic(), record.partition()).add(record);
    }

    List<ConsumerRecord<byte[], byte[]>> records(String topic, int partition) {
        return topics.getOrDefault(topic, new TreeMap<>()).getOrDefault(partition, List.of());
    }

    void schema(int id, Schema schema) {
        schemas.put(id, schema);
    }

    void open(Period period) {
        open.removeIf(other -> other.calendar().equals(period.calendar()));
        open.add(period);
    }

    /** Called whenever somebody begins to read a partition. */
    void onRead(Runnable call) {
        onRead = call;
    }

    /** Retention takes what stands before an offset. */
    void forget(String topic, int partition, long before) {
        begins.computeIfAbsent(topic, unused -> new TreeMap<>()).put(partition, before);
    }

    @Override
    public SortedSet<String> topics() {
        return new TreeSet<>(topics.keySet());
    }

    @Override
    public SortedMap<Integer, Reach> reaches(String topic) {
        SortedMap<Integer, Reach> reaches = new TreeMap<>();
        topics.getOrDefault(topic, new TreeMap<>()).forEach((partition, records) -> {
            long end = records.isEmpty() ? 0 : records.getLast().offset() + 1;
            reaches.put(partition, new Reach(begin(topic, partition), end, end));
        });
        return reaches;
    }

    private long begin(String topic, int partition) {
        return begins.getOrDefault(topic, new TreeMap<>()).getOrDefault(partition, 0L);
    }

    @Override
    public List<Period> openPeriods() {
        return List.copyOf(open);
    }

    @Override
    public void read(String topic, int partition, long from, long to, Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        onRead.run();
        read.add(topic);
        for (ConsumerRecord<byte[], byte[]> record : records(topic, partition)) {
            if (record.offset() >= Math.max(from, begin(topic, partition))
                    && record.offset() < to
                    && !taker.test(record)) {
                return;
            }
        }
    }

    @Override
    public Optional<Schema> schema(int id) {
        return Optional.ofNullable(schemas.get(id));
    }

    @Override
    public void close() {}
}
