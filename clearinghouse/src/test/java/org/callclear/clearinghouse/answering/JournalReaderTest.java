package org.callclear.clearinghouse.answering;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.callclear.clearinghouse.World;
import org.callclear.clearinghouse.grant.Remembered;
import org.callclear.schemas.avro.Grant;
import org.callclear.testkit.clearing.References;
import org.callclear.testkit.clearing.Requests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
    private static final TopicPartition PLACE = new TopicPartition("settlement-journal", 2);

    @TempDir
    Path directory;

    private final FakeOutbox outbox = new FakeOutbox();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            return Map.of(PLACE, new OffsetAndTimestamp(1, 0));
        }
    };
    private DeskRig rig;
    private List<Grant> grants;

    @BeforeEach
    void grantThreeCalls() {
        rig = new DeskRig(directory);
        AnswerDesk desk = rig.desk(outbox);
        for (int i = 0; i < 3; i++) {
            desk.take(rig.record(Requests.aRequest(World.NOW, i).request(), i), DeskRig.tenure())
                    .join();
        }
        grants = outbox.values(Grant.class);
    }

    private List<Grant> read(int most) {
        return new JournalReader(() -> consumer, rig.deserializer(), DeskRig.MARGIN, most)
                .grants(Set.of(2), World.NOW).stream()
                        .map(Remembered.Yes::grant)
                        .toList();
    }

    private void journalHas(SpecificRecord... values) {
        consumer.updateEndOffsets(Map.of(PLACE, (long) values.length));
        consumer.schedulePollTask(() -> {
            for (int i = 0; i < values.length; i++) {
                consumer.addRecord(record(i, values[i]));
            }
        });
    }

    @Test
    void itTakesTheGrantsFromTheTimeOnAndStepsOverAllElse() {
        consumer.updateEndOffsets(Map.of(PLACE, 5L));
        consumer.schedulePollTask(() -> {
            consumer.addRecord(record(0, grants.get(0)));
            consumer.addRecord(record(1, grants.get(1)));
            consumer.addRecord(record(2, References.carrier("acme")));
            consumer.addRecord(new ConsumerRecord<>(PLACE.topic(), 2, 3, new byte[0], new byte[] {9}));
            consumer.addRecord(record(4, grants.get(2)));
        });

        assertThat(read(10)).containsExactlyElementsOf(grants.subList(1, 3));
    }

    @Test
    void itTakesNoMoreThanAreRememberedTheLastOnes() {
        journalHas(grants.get(0), grants.get(0), grants.get(1), grants.get(2));

        assertThat(read(2)).containsExactlyElementsOf(grants.subList(1, 3));
    }

    @Test
    void aGrantOfWhatIsNoCallDoesNotKeepTheOthersBack() {
        Grant nonsense = Grant.newBuilder(grants.get(0)).setCallId("no call").build();
        journalHas(nonsense, nonsense, grants.get(1));

        assertThat(read(10)).containsExactly(grants.get(1));
    }

    private ConsumerRecord<byte[], byte[]> record(long offset, SpecificRecord value) {
        byte[] key = "key".getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(PLACE.topic(), 2, offset, key, rig.serializer.serialize("", value));
    }
}
