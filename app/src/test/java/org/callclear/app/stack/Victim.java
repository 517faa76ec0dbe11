package org.callclear.app.stack;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.app.topics.TopicApplier;
import org.callclear.schemas.topics.Topic;

/** A process to be killed: starts the stack in a directory and writes to the journal, one line for each acknowledgement. */
@SuppressWarnings("SystemOut")
final class Victim {
    /** Begins the line of an acknowledged record; its key follows. */
    static final String ACKED = "ACKED ";

    /** Begins the line of a stack that would not start; why follows. */
    static final String REFUSED = "REFUSED ";

    private Victim() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path data = Path.of(arguments[0]);
        try (EmbeddedStack stack = EmbeddedStack.start(data, StackPorts.REMEMBERED, line -> {})) {
            try (TopicApplier applier = TopicApplier.open(stack.accessFor(Parties.SETUP))) {
                applier.apply(Parties.DIRECTORY, line -> {});
            }
            writeForEver(stack.accessFor(Parties.SETUP).clientSettings());
        } catch (StackException e) {
            System.out.println(REFUSED + e.getMessage());
        }
    }

    private static void writeForEver(Map<String, Object> settings) throws InterruptedException {
        settings.put("acks", "all");
        settings.put("linger.ms", 0);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            byte[] value = "x".repeat(200).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; !Thread.interrupted(); i++) {
                String key = "call-" + i;
                var unused = producer.send(
                        new ProducerRecord<>(Topic.SETTLEMENT_JOURNAL.topic(), key, value), (done, failed) -> {
                            if (failed == null) {
                                System.out.println(ACKED + key);
                            }
                        });
                if (i % 50 == 0) {
                    Thread.sleep(1);
                }
            }
        }
    }
}
