package org.callclear.bench.settle;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Made by Kafka from its settings: tells when a consumer is handed its first records. */
@SuppressWarnings("NullAway.Init") // Kafka calls configure before anything else
public final class ConsumptionWatch implements ConsumerInterceptor<byte[], byte[]> {
    static final String FIRST_RECORD = "bench.first.record";

    private FirstRecord first;

    @Override
    public void configure(Map<String, ?> configs) {
        first = (FirstRecord) Objects.requireNonNull(configs.get(FIRST_RECORD), FIRST_RECORD);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        first.seen(System.nanoTime());
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
