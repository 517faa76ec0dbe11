package org.callclear.bench.journal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.schemas.wire.RecordSerializer;
import org.jspecify.annotations.Nullable;

/** Writes entries to the journal, between the barrier that opens the period and the one that closes it. */
public final class JournalWriter implements AutoCloseable {
    /** The period that is closed at the end. */
    public static final String PERIOD = "2026-11";

    private static final String NEXT_PERIOD = "2026-12";

    private final KafkaProducer<String, SpecificRecord> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private Entry last;

    /** Connects and opens the period. */
    public JournalWriter(String address) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", address);
        settings.put("linger.ms", 20);
        settings.put("batch.size", 1 << 16);
        this.producer =
                new KafkaProducer<>(settings, new StringSerializer(), new RecordSerializer(MemoryRegistry.open()));
        this.last = new Entry(Traffic.START, "", barrier(null, PERIOD, List.of(), Traffic.START));
        barriers();
    }

    /** Adds an entry. */
    public void write(Entry entry) {
        send(null, entry);
        last = entry;
    }

    /** Closes the period, once all is written. */
    @Override
    public void close() {
        producer.flush();
        last = new Entry(last.at(), "", barrier(PERIOD, NEXT_PERIOD, Traffic.carriers(), last.at()));
        barriers();
        producer.close();
        if (failure.get() != null) {
            throw new IllegalStateException("the journal could not be written", failure.get());
        }
    }

    private void barriers() {
        for (int partition = 0; partition < Catalogue.CALL_PARTITIONS; partition++) {
            send(partition, new Entry(last.at(), "barrier", last.value()));
        }
        producer.flush();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
    private void send(@Nullable Integer partition, Entry entry) {
        producer.send(
                new ProducerRecord<>(
                        Topic.SETTLEMENT_JOURNAL.topic(),
                        partition,
                        entry.at().toEpochMilli(),
                        entry.key(),
                        entry.value()),
                (place, problem) -> {
                    if (problem != null) {
                        failure.compareAndSet(null, problem);
                    }
                });
    }

    private static PeriodBarrier barrier(
            @Nullable String closes, String opens, List<String> carriers, java.time.Instant at) {
        return PeriodBarrier.newBuilder()
                .setCloses(closes)
                .setOpens(opens)
                .setCarriers(carriers)
                .setCommandId(closes == null ? "" : "close-" + closes)
                .setAt(at)
                .setZone("UTC")
                .setPartitions(Catalogue.CALL_PARTITIONS)
                .build();
    }
}
