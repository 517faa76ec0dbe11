package org.callclear.bench.authorize;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.AuthorizationGranted;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.schemas.wire.RecordSerializer;

/**
 * The child process that asks and measures. A question's time runs from when it was due, so that one that waits behind
 * others counts in full. Both answering sides are asked with the same records.
 */
public final class AskingSide {
    /** Between the words of a round. */
    static final String BETWEEN = "\t";

    private static final Duration POLL = Duration.ofMillis(20);
    /** So long without an answer, and no more is waited for. */
    private static final long SILENCE_NANOS = 5_000_000_000L;

    private static final int ROUTES = 3;
    /** Every so many-th answer of the clearinghouse is read, to see that it is the one that was wanted; an echo's cannot be. */
    private static final int READ_EVERY = 100;
    /** So many bytes at most has a no, and no yes has so few; each no is read. */
    private static final int LONGEST_NO = 1_000;

    private static final double MICROS = 1_000;

    private final String requests;
    private final String responses;
    private final boolean isEcho;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final RecordSerializer serializer;
    private final RecordDeserializer deserializer;
    private final Random random = new Random();
    private final Map<String, Long> due = new ConcurrentHashMap<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();
    private volatile Histogram micros = new SynchronizedHistogram(3);
    private volatile Semaphore free = new Semaphore(0);
    private volatile int responseBytes;
    private volatile boolean closing;

    private AskingSide(KafkaAccess access, String whom) {
        this.isEcho = Echo.isMeant(whom);
        this.requests = isEcho ? Echo.of(whom).requests() : Topic.AUTHORIZATION_REQUESTS.of(Ground.CALLER);
        this.responses = isEcho ? Echo.of(whom).responses() : Topic.AUTHORIZATION_RESPONSES.of(Ground.CALLER);
        this.serializer = new RecordSerializer(access.registry());
        this.deserializer = new RecordDeserializer(access.registry());
        this.producer = new KafkaProducer<>(
                RecordProducer.settings(access, "bench-asking"), new StringSerializer(), new ByteArraySerializer());
        Map<String, Object> hearing = new HashMap<>(access.clientSettings());
        hearing.put("receive.buffer.bytes", 1 << 20);
        hearing.put("max.poll.records", 1_000);
        this.consumer = new KafkaConsumer<>(hearing, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = consumer.partitionsFor(responses).stream()
                .map(info -> new TopicPartition(responses, info.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
    }

    /**
     * Asks what each line of the standard input says, a round's name and its loads, and writes down what came, in a file
     * of that name. Its end is the end of that input.
     *
     * @param args its way in, {@code clearinghouse} or the {@link Echo}, and the folder for the outcomes
     */
    public static void main(String[] args) throws Exception {
        AskingSide side = new AskingSide(Access.of(args), args[Access.SIZE]);
        Path folder = Path.of(args[Access.SIZE + 1]);
        CompletableFuture<Void> hearing = new CompletableFuture<>();
        Thread thread = new Thread(() -> side.hear(hearing), "hearing");
        thread.setDaemon(true);
        thread.start();
        try (BufferedReader rounds = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String round = rounds.readLine(); round != null; round = rounds.readLine()) {
                List<String> words = List.of(round.split(BETWEEN, -1));
                side.round(folder.resolve(words.getFirst()), words.subList(1, words.size()), hearing);
            }
        }
        side.closing = true;
        hearing.join();
        side.producer.close();
        side.consumer.close();
    }

    private void round(Path outcome, List<String> loads, CompletableFuture<Void> hearing) throws Exception {
        List<Told> told = new ArrayList<>();
        for (String load : loads) {
            told.add(run(Load.of(load)));
            if (hearing.isDone()) {
                hearing.join(); // says what was wrong with an answer
            }
        }
        Path unfinished = outcome.resolveSibling(outcome.getFileName() + ".unfinished");
        new ObjectMapper().writeValue(unfinished.toFile(), told);
        Files.move(unfinished, outcome, StandardCopyOption.ATOMIC_MOVE);
    }

    private Told run(Load load) throws InterruptedException {
        micros = new SynchronizedHistogram(3);
        free = new Semaphore(load.atOnce());
        answered.set(0);
        expired.set(0);
        due.clear();
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(load.seconds());
        long asked = load.rate() > 0 ? askInTime(load, begun, end) : askAtOnce(end);
        long atEnd = answered.get() - expired.get();
        double rate = atEnd * 1e9 / (System.nanoTime() - begun);
        awaitTheRest(asked);
        Histogram seen = micros;
        return new Told(
                load.name(),
                asked,
                answered.get(),
                expired.get(),
                rate,
                seen.getValueAtPercentile(50) / MICROS,
                seen.getValueAtPercentile(99) / MICROS,
                seen.getMaxValue() / MICROS,
                responseBytes);
    }

    /** What is still waiting would have the next load wait behind it. */
    private void awaitTheRest(long asked) {
        long seen = answered.get();
        long until = System.nanoTime() + SILENCE_NANOS;
        while (seen < asked && System.nanoTime() < until) {
            LockSupport.parkNanos(1_000_000);
            if (answered.get() > seen) {
                seen = answered.get();
                until = System.nanoTime() + SILENCE_NANOS;
            }
        }
    }

    private long askInTime(Load load, long begun, long end) {
        long asked = 0;
        while (true) {
            long at = begun + asked * 1_000_000_000L / load.rate();
            if (at >= end) {
                return asked;
            }
            while (System.nanoTime() < at) {
                LockSupport.parkNanos(at - System.nanoTime());
            }
            ask(at);
            asked++;
        }
    }

    private long askAtOnce(long end) throws InterruptedException {
        long asked = 0;
        while (System.nanoTime() < end) {
            if (free.tryAcquire(50, TimeUnit.MILLISECONDS)) {
                ask(System.nanoTime());
                asked++;
            }
        }
        return asked;
    }

    private void ask(long at) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        CallId call = CallId.mint(now, random);
        AuthorizationRequest request = AuthorizationRequest.newBuilder()
                .setCallId(call.toString())
                .setSipCallId("bench-" + call)
                .setOriginatingCarrier(Ground.CALLER.value())
                .setProxy("bench")
                .setCalling("441632960" + (100 + random.nextInt(900)))
                .setCalled("4930" + (1_000_000 + random.nextInt(9_000_000)))
                .setRequestedAt(now)
                .setMaxGateways(ROUTES)
                .build();
        due.put(call.toString(), at);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(requests, call.toString(), serializer.serialize(requests, request));
        record.headers().add("reply-to", "bench".getBytes(StandardCharsets.UTF_8));
        var unused = producer.send(record);
    }

    private void hear(CompletableFuture<Void> ended) {
        try {
            hear();
            ended.complete(null);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private void hear() {
        while (!closing) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                long now = System.nanoTime();
                Long at = due.remove(record.key());
                if (at == null) {
                    continue;
                }
                micros.recordValue(Math.max(0, (now - at) / 1_000));
                if (answered.get() % READ_EVERY == 0 || record.value().length <= LONGEST_NO) {
                    read(record);
                }
                answered.incrementAndGet();
                free.release();
            }
        }
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        if (isEcho) {
            responseBytes = record.value().length;
            return;
        }
        SpecificRecord answer = deserializer.deserialize(responses, record.value());
        if (answer instanceof AuthorizationGranted granted
                && granted.getRoutes().size() == ROUTES) {
            responseBytes = record.value().length;
        } else if (answer instanceof AuthorizationDenied denied && denied.getReason() == DenialReason.REQUEST_EXPIRED) {
            expired.incrementAndGet();
        } else {
            throw new IllegalStateException(
                    "call " + record.key() + ": not granted with " + ROUTES + " routes, but " + shown(answer));
        }
    }

    private static String shown(SpecificRecord answer) {
        return answer instanceof AuthorizationDenied denied
                ? "denied: " + denied.getReason()
                : "a " + answer.getSchema().getName();
    }
}
