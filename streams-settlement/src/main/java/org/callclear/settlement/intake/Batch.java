package org.callclear.settlement.intake;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.topics.Topic;

/** One transaction: what it writes becomes visible together with the offsets it read, or not at all. */
@SuppressWarnings("FutureReturnValueIgnored") // a send that fails makes the commit fail
final class Batch {
    private final Producer<String, SpecificRecord> producer;

    private Batch(Producer<String, SpecificRecord> producer) {
        this.producer = producer;
    }

    static Batch begin(Producer<String, SpecificRecord> producer) {
        producer.beginTransaction();
        return new Batch(producer);
    }

    void accept(AcceptedCdr cdr) {
        send(Topic.SETTLEMENT_JOURNAL, cdr.getCdr().getCallId(), cdr);
    }

    void reject(RejectedRecord record) {
        send(Topic.CDR_REJECTED, record.getSourceTopic() + "-" + record.getSourcePartition(), record);
    }

    /** The barrier goes to every partition of the journal. */
    void barrier(PeriodBarrier barrier) {
        for (int partition = 0; partition < barrier.getPartitions(); partition++) {
            producer.send(
                    new ProducerRecord<>(Topic.SETTLEMENT_JOURNAL.topic(), partition, JournalBarriers.KEY, barrier));
        }
    }

    int journalPartitions() {
        return producer.partitionsFor(Topic.SETTLEMENT_JOURNAL.topic()).size();
    }

    void outcome(CommandOutcome outcome) {
        send(Topic.COMMAND_OUTCOMES, outcome.getCommandId(), outcome);
    }

    void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        producer.sendOffsetsToTransaction(offsets, group);
        producer.commitTransaction();
    }

    private void send(Topic topic, String key, SpecificRecord value) {
        producer.send(new ProducerRecord<>(topic.topic(), key, value));
    }
}
