package org.callclear.app.logview;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.callclear.schemas.wire.KafkaAccess;
import org.jspecify.annotations.Nullable;

/** Follows topics: what is committed, in the order of each partition. */
public final class LogTail implements AutoCloseable {
    private final LogReader reader;
    private final String servers;

    private LogTail(LogReader reader, String servers) {
        this.reader = reader;
        this.servers = servers;
    }

    /**
     * Goes to where it is to begin.
     *
     * @param since record time; null for what is committed from now on
     * @throws LogViewException when a topic cannot be read
     */
    public static LogTail open(KafkaAccess access, ReadableTopics topics, List<String> names, @Nullable Instant since) {
        List<TopicPartition> partitions = topics.all(names);
        LogReader reader = reader(access);
        try {
            if (since == null) {
                reader.seekToEnd(partitions);
            } else {
                reader.seek(partitions, since);
            }
            return new LogTail(reader, access.bootstrapServers());
        } catch (RuntimeException e) {
            reader.close();
            throw e instanceof KafkaException failed ? failed(access.bootstrapServers(), failed) : e;
        }
    }

    private static LogReader reader(KafkaAccess access) {
        try {
            return new LogReader(access);
        } catch (KafkaException e) {
            throw failed(access.bootstrapServers(), e);
        }
    }

    /**
     * Hands over records until the taker says that it wants no more.
     *
     * @throws LogViewException when they can no longer be read
     */
    public void follow(Predicate<LogRecord> wantsMore) {
        try {
            reader.follow(record -> wantsMore.test(
                    reader.decode(ReadableTopics.family(record.topic()).orElseThrow(), record)));
        } catch (KafkaException e) {
            throw failed(servers, e);
        }
    }

    private static LogViewException failed(String servers, KafkaException e) {
        return new LogViewException("the log on " + servers + " cannot be read: " + e.getMessage());
    }

    @Override
    public void close() {
        reader.close();
    }
}
