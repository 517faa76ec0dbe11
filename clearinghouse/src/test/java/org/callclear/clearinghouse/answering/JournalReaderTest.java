package org.callclear.clearinghouse.answering;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.callclear.clearinghouse.World;
import org.callclear.schemas.avro.Grant;
import org.callclear.testkit.clearing.References;
import org.callclear.testkit.clearing.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
    private static final TopicPartition PLACE = new TopicPartition("settlement-journal", 2);

    @TempDir
    Path directory;

    @Test
    void itTakesTheGrantsFromTheTimeOnAndStepsOverAllElse() {
        DeskRig rig = new DeskRig(directory);
        FakeOutbox outbox = new FakeOutbox();
        AnswerDesk desk = rig.desk(outbox);
        for (int i = 0; i < 3; i++) {
            desk.take(rig.record(Requests.aRequest(World.NOW, i).request(), i), DeskRig.tenure())
                    .join();
        }
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
            @Override
            public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                    Map<TopicPartition, Long> times) {
                return Map.of(PLACE, new OffsetAndTimestamp(1, 0));
            }
        };
        consumer.updateEndOffsets(Map.of(PLACE, 5L));
        consumer.schedulePollTask(() -> {
            var grants = outbox.values(Grant.class);
            consumer.addRecord(record(rig, 0, grants.get(0)));
            consumer.addRecord(record(rig, 1, grants.get(1)));
            consumer.addRecord(record(rig, 2, References.carrier("acme")));
            consumer.addRecord(new ConsumerRecord<>(PLACE.topic(), 2, 3, new byte[0], new byte[] {9}));
            consumer.addRecord(record(rig, 4, grants.get(2)));
        });

        var found = new JournalReader(() -> consumer, rig.deserializer()).grants(Set.of(2), World.NOW);

        assertThat(found).containsExactlyElementsOf(outbox.values(Grant.class).subList(1, 3));
    }

    private static ConsumerRecord<byte[], byte[]> record(DeskRig rig, long offset, SpecificRecord value) {
        byte[] key = "key".getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(PLACE.topic(), 2, offset, key, rig.serializer.serialize("", value));
    }
}
