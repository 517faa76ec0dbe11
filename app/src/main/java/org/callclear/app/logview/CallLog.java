package org.callclear.app.logview;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.jspecify.annotations.Nullable;

/**
 * All that the log says about one call and the reader may read.
 *
 * <p>The order is that of the records' times; of what has the same millisecond, that in which a call goes its way ({@link
 * Flow}). Settlement's results bear the time of the journal record that they follow from.
 *
 * @param call whose
 * @param from the earliest record time that was looked at; later ones were looked at up to now
 * @param records in order
 * @param unread sentences: records that may be about the call and cannot be read, and why
 * @param unsearched sentences: topics that were left out, and why
 */
public record CallLog(
        CallId call, Instant from, List<LogRecord> records, List<String> unread, List<String> unsearched) {
    /** How far the clocks of parties may be behind that of the proxy which minted the call id. */
    public static final Duration SKEW = Duration.ofMinutes(10);

    /** Each of them is keyed by call id, so that all about a call stands in one partition of each topic. */
    private static final Set<Topic> BY_CALL = EnumSet.of(
            Topic.AUTHORIZATION_REQUESTS,
            Topic.AUTHORIZATION_RESPONSES,
            Topic.SETUP_REQUESTS,
            Topic.SETUP_EVENTS,
            Topic.CDRS,
            Topic.SETTLEMENT_JOURNAL,
            Topic.RECONCILED_CALLS,
            Topic.DISPUTES,
            Topic.CALL_ATTEMPTS,
            Topic.POSTINGS);

    /** Keyed by something else: read whole from the call's birth on. */
    private static final Set<Topic> SEARCHED =
            EnumSet.of(Topic.CDR_REJECTED, Topic.AUTHORIZATION_REJECTED, Topic.COMMANDS);

    /** All that can be searched; outcomes by the ids of the commands that were found. */
    private static final Set<Topic> FAMILIES = Stream.of(BY_CALL, SEARCHED, Set.of(Topic.COMMAND_OUTCOMES))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<Topic> REJECTIONS = EnumSet.of(Topic.CDR_REJECTED, Topic.AUTHORIZATION_REJECTED);

    static final Comparator<LogRecord> IN_ORDER = Comparator.comparing(LogRecord::at)
            .thenComparingInt(Flow::rank)
            .thenComparing(LogRecord::topic)
            .thenComparingInt(LogRecord::partition)
            .thenComparingLong(LogRecord::offset);

    public CallLog {
        records = records.stream().sorted(IN_ORDER).toList();
        unread = List.copyOf(unread);
        unsearched = List.copyOf(unsearched);
    }

    /** Sentences: all that may be missing, and why. */
    public List<String> unseen() {
        return Stream.concat(unread.stream(), unsearched.stream()).toList();
    }

    /**
     * What is looked for, and in which topics.
     *
     * @param patterns names, in which a {@code *} stands for any part; none for all that may be read
     */
    public record Question(CallId call, @Nullable Instant since, List<String> patterns) {
        /** In all that may be read. */
        public static Question everywhere(CallId call, @Nullable Instant since) {
            return new Question(call, since, List.of());
        }
    }

    /**
     * Reads it. One partition of each topic that is keyed by call id, and the others whole, from the call's birth less
     * {@link #SKEW} up to now. A call id from a clock that is ahead is looked for from the beginning.
     *
     * @throws LogViewException when it cannot be read
     */
    public static CallLog read(KafkaAccess access, Question question, ReadableTopics topics, Clock clock) {
        Instant born = question.call().bornAt();
        Instant from = question.since() != null
                ? question.since()
                : born.isAfter(clock.instant()) ? Instant.EPOCH : born.minus(SKEW);
        try (LogReader reader = new LogReader(access)) {
            Search search = new Search(reader, question, topics);
            search.run(from);
            return new CallLog(
                    question.call(),
                    from,
                    search.found,
                    search.doubtful,
                    Unsearched.of(topics, question.patterns(), FAMILIES));
        } catch (KafkaException e) {
            throw new LogViewException(
                    "the log on " + access.bootstrapServers() + " cannot be read: " + e.getMessage());
        }
    }

    /** One search. */
    private static final class Search {
        private final LogReader reader;
        private final ReadableTopics topics;
        private final Set<String> named;
        private final String id;
        private final List<LogRecord> found = new ArrayList<>();
        private final List<String> doubtful = new ArrayList<>();

        Search(LogReader reader, Question question, ReadableTopics topics) {
            this.reader = reader;
            this.topics = topics;
            this.named = Set.copyOf(topics.named(question.patterns()));
            this.id = question.call().toString();
        }

        void run(Instant from) {
            byte[] key = id.getBytes(StandardCharsets.UTF_8);
            List<TopicPartition> places = new ArrayList<>();
            names(BY_CALL).forEach(topic -> places.add(new TopicPartition(topic, partition(key, topic))));
            places.addAll(topics.all(names(SEARCHED)));
            reader.read(places, from, this::take);
            Set<String> commands = found.stream()
                    .map(record -> commandId(record.value()))
                    .filter(Objects::nonNull)
                    .collect(Collectors.toCollection(HashSet::new));
            if (!commands.isEmpty()) {
                reader.read(
                        topics.all(names(EnumSet.of(Topic.COMMAND_OUTCOMES))),
                        from,
                        record -> takeIf(commands.contains(text(record.key())), record));
            }
        }

        private int partition(byte[] key, String topic) {
            return Utils.toPositive(Utils.murmur2(key)) % topics.partitions(topic);
        }

        private List<String> names(Set<Topic> families) {
            return families.stream()
                    .flatMap(family -> topics.of(family).stream())
                    .filter(topic -> named.isEmpty() || named.contains(topic))
                    .toList();
        }

        private void take(ConsumerRecord<byte[], byte[]> record) {
            Topic family = family(record);
            if (!REJECTIONS.contains(family)) {
                takeIf(names(text(record.key())), record);
                return;
            }
            LogRecord rejection = reader.decode(family, record);
            if (rejection.value() instanceof RejectedRecord rejected) {
                if (isAbout(rejected)) {
                    found.add(rejection);
                }
            } else {
                doubtful.add(rejection.place() + " may be about it, but cannot be read: " + rejection.unreadable());
            }
        }

        private void takeIf(boolean wanted, ConsumerRecord<byte[], byte[]> record) {
            if (wanted) {
                found.add(reader.decode(family(record), record));
            }
        }

        private boolean names(String text) {
            return text.equals(id) || text.startsWith(id + "/");
        }

        private boolean isAbout(RejectedRecord rejected) {
            ByteBuffer key = rejected.getKey();
            if (key != null && names(text(bytes(key)))) {
                return true;
            }
            ByteBuffer value = rejected.getValue();
            return value != null
                    && reader.read(bytes(value)) instanceof Reading.Read read
                    && id.equals(Flow.callId(read.value()));
        }

        private static byte[] bytes(ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }

        private static String text(byte @Nullable [] bytes) {
            return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
        }

        private static Topic family(ConsumerRecord<byte[], byte[]> record) {
            return ReadableTopics.family(record.topic()).orElseThrow();
        }

        private static @Nullable String commandId(@Nullable SpecificRecord value) {
            return switch (value) {
                case ResolveDispute command -> command.getCommandId();
                case RerateCall command -> command.getCommandId();
                case null -> null;
                default -> null;
            };
        }
    }
}
