package org.callclear.clearinghouse.reference;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.limit.LimitRule;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.topics.TopicName;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the reference topics and the gateways' status topics into a {@link ReferenceBook}. A record that cannot be used
 * is counted and reported with its place, and what it would have replaced stays in force; but nothing is signed any more
 * with a key of whose last word that is true: it may have been its revocation, and gateways believe it no more either.
 */
public final class ReferenceFeed implements TopicTail.Handler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReferenceFeed.class);
    private static final Pattern STATUS = Topic.GATEWAY_STATUS.pattern();

    private static final List<Topic> FOLLOWED = List.of(
            Topic.CARRIERS,
            Topic.GATEWAYS,
            Topic.CONTRACTS,
            Topic.RATE_DECKS,
            Topic.LIMITS,
            Topic.TOKEN_KEYS,
            Topic.GATEWAY_STATUS);

    /** The topics that must be there before anything can be decided. */
    public static final Set<String> REQUIRED = FOLLOWED.stream()
            .filter(family -> family.scope() == TopicName.Scope.ONE)
            .map(Topic::topic)
            .collect(Collectors.toUnmodifiableSet());

    private final ReferenceBook book;
    private final Clock clock;
    private final LongAdder unusable = new LongAdder();
    private @Nullable TopicTail tail;

    /** A feed that has not begun. */
    public ReferenceFeed(ReferenceBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    /** Begins to follow the topics; done when all that was there has been taken in. */
    public CompletableFuture<Void> follow(KafkaAccess access, String name) {
        tail = TopicTail.start(access, name, ReferenceFeed::concerns, TopicTail.From.BEGINNING, this);
        return tail.caughtUp();
    }

    /** What Kafka's consumer counts; nothing before {@link #follow}. */
    public Map<MetricName, ? extends Metric> metrics() {
        return tail == null ? Map.of() : tail.metrics();
    }

    /** Done when the feed has stopped: exceptionally when it had to give up, and decisions would go by old data. */
    public CompletableFuture<Void> ended() {
        return tail == null ? new CompletableFuture<>() : tail.ended();
    }

    /** Records that could not be used since the start. */
    public long unusable() {
        return unusable.sum();
    }

    private static boolean concerns(String topic) {
        return REQUIRED.contains(topic) || STATUS.matcher(topic).matches();
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> record, @Nullable Reading reading) {
        try {
            if (reading == null) {
                remove(record.topic(), requireKey(record));
                return;
            }
            switch (reading) {
                case Reading.Read read -> put(record, read.value());
                case Reading.Unreadable unreadable -> throw new IllegalArgumentException(unreadable.why());
            }
        } catch (IllegalArgumentException e) {
            unusable.increment();
            boolean distrusted = distrust(record);
            LOG.error(
                    "reference record {}-{}@{} cannot be used, {}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    distrusted ? "the key it is filed under signs nothing" : "what it would replace stays",
                    e.getMessage());
        }
    }

    /** Calls are counted anew for limits that change: once for all that were imported together. */
    @Override
    public void tookAll() {
        book.putLimitsInForce();
    }

    private boolean distrust(ConsumerRecord<String, byte[]> record) {
        if (!record.topic().equals(Topic.TOKEN_KEYS.topic()) || record.key() == null) {
            return false;
        }
        book.removeTokenKey(record.key());
        return true;
    }

    private void put(ConsumerRecord<String, byte[]> record, SpecificRecord value) {
        requirePlace(record.topic(), value);
        switch (value) {
            case Carrier carrier -> book.put(carrier);
            case Gateway gateway -> book.put(gateway);
            case Contract contract -> book.put(contract);
            case RateDeckChunk chunk -> book.put(requireKey(record), chunk);
            case CallLimit limit -> put(requireKey(record), limit);
            case TokenKey key -> put(record, key);
            case GatewayStatus status -> heard(record.topic(), status);
            default -> LOG.debug("{}: a record without meaning", record.topic());
        }
    }

    private void put(String key, CallLimit limit) {
        if (!key.equals(LimitRule.key(limit))) {
            throw new IllegalArgumentException("the key is not that of the limit"); // a tombstone would not find it
        }
        book.put(limit);
    }

    private void put(ConsumerRecord<String, byte[]> record, TokenKey key) {
        if (!key.getKeyId().equals(record.key())) {
            throw new IllegalArgumentException("the record's key is not its key id");
        }
        book.put(key, Instant.ofEpochMilli(record.timestamp()));
        LOG.info("token key {} is {}", key.getKeyId(), key.getRevokedAt() == null ? "published" : "revoked");
    }

    /** A type of record counts only on its own topic: elsewhere others may write. */
    private static void requirePlace(String topic, SpecificRecord value) {
        boolean inPlace = FOLLOWED.stream()
                .anyMatch(family -> family.pattern().matcher(topic).matches()
                        && family.records().contains(value.getSchema()));
        if (!inPlace) {
            throw new IllegalArgumentException("a " + value.getSchema().getName() + " has no place here");
        }
    }

    /** The topic's name proves who speaks; what the record says of another gateway is not believed. */
    private void heard(String topic, GatewayStatus status) {
        GatewayId speaker = speaker(topic);
        if (!speaker.value().equals(status.getGateway())) {
            throw new IllegalArgumentException("gateway '" + status.getGateway() + "': must be " + speaker);
        }
        book.heard(speaker, status, clock.instant());
    }

    private void remove(String topic, String key) {
        switch (topic) {
            case "carriers" -> book.removeCarrier(key);
            case "gateways" -> book.removeGateway(key);
            case "contracts" -> book.removeContract(key);
            case "limits" -> book.removeLimit(key);
            case "rate-decks" -> book.removeDeckChunk(key);
            case "token-keys" -> book.removeTokenKey(key);
            default -> LOG.debug("{}: tombstone without meaning", topic);
        }
    }

    private static GatewayId speaker(String topic) {
        Matcher matcher = STATUS.matcher(topic);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a status topic: " + topic);
        }
        return new GatewayId(matcher.group(1));
    }

    private static String requireKey(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            throw new IllegalArgumentException("no key");
        }
        return record.key();
    }

    @Override
    public void close() {
        if (tail != null) {
            tail.close();
        }
    }
}
