package org.callclear.settlement.intake;

import java.util.List;
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
import org.callclear.settlement.intake.Reception.Received;

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

    /** A command that the journal obeys, under the key of what it is about. */
    void pass(Received.ForTheJournal command) {
        send(Topic.SETTLEMENT_JOURNAL, command.key(), command.command());
    }

    /**
     * The barriers go to every partition of the journal.
     *
     * @param after how the journal stands after them
     */
    void barriers(List<PeriodBarrier> barriers, Openings after) {
        for (PeriodBarrier barrier : barriers) {
            for (int partition = 0; partition < barrier.getPartitions(); partition++) {
                ProducerRecord<String, SpecificRecord> record =
                        new ProducerRecord<>(Topic.SETTLEMENT_JOURNAL.topic(), partition, JournalBarriers.KEY, barrier);
                after.write(record.headers());
                producer.send(record);
            }
        }
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
