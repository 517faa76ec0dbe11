package org.callclear.bench.authorize;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordProducer;

/** The child process that does what no answer can do without: it reads, signs, and writes as many bytes back. */
public final class EchoUnderTest {
    private static final Duration POLL = Duration.ofMillis(50);
    /** Bytes of a token's signing input. */
    private static final int SIGNED_BYTES = 1_000;

    private final Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(new SecureRandom());
    private final byte[] signed = new byte[SIGNED_BYTES];
    private final Echo echo;
    private final byte[] answer;

    private EchoUnderTest(Echo echo, int answerBytes) {
        this.echo = echo;
        this.answer = new byte[answerBytes];
        new SecureRandom().nextBytes(answer);
    }

    /**
     * Echoes until it is ended.
     *
     * @param args its way in, the {@link Echo}, the bytes of an answer, a file for when it is ready
     */
    public static void main(String[] args) throws Exception {
        KafkaAccess access = Access.of(args);
        Echo which = Echo.of(args[Access.SIZE]);
        EchoUnderTest echo = new EchoUnderTest(which, Integer.parseInt(args[Access.SIZE + 1]));
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(access);
                KafkaProducer<byte[], byte[]> producer = producer(access)) {
            consumer.subscribe(List.of(which.requests()));
            while (consumer.assignment().isEmpty()) {
                echo.serve(consumer.poll(POLL), producer);
            }
            Ready.say(Path.of(args[Access.SIZE + 2]));
            while (!Thread.currentThread().isInterrupted()) {
                echo.serve(consumer.poll(POLL), producer);
                consumer.commitAsync();
            }
        }
    }

    private void serve(ConsumerRecords<byte[], byte[]> requests, KafkaProducer<byte[], byte[]> producer) {
        for (ConsumerRecord<byte[], byte[]> request : requests) {
            byte[] response = answer.clone();
            for (int i = 0; i < echo.signatures(); i++) {
                key.sign(Ed25519.Algorithm.Ed25519, null, signed, 0, signed.length, response, i * 64);
            }
            var unused = producer.send(new ProducerRecord<>(echo.responses(), request.key(), response));
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaAccess access) {
        Map<String, Object> settings = new HashMap<>(access.clientSettings());
        settings.put("group.id", "bench-echo-" + ProcessHandle.current().pid());
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "latest");
        settings.put("max.poll.records", 200);
        settings.put("receive.buffer.bytes", 1 << 20);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** As a clearinghouse's: the echo is to be the least that an answer can cost. */
    private static KafkaProducer<byte[], byte[]> producer(KafkaAccess access) {
        return new KafkaProducer<>(
                RecordProducer.settingsForMany(access, "bench-echo"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
