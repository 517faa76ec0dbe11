package org.callclear.settlement.stages;

import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.callclear.settlement.stages.Timers.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The file of a call that waits for something, as bytes: it lives through a collection or two, and a collector copies one array sooner than the
 * thirty objects in it. For one thread.
 */
final class OpenFile {
    private final byte[] bytes;
    private final long until;
    private @Nullable Timer timer;

    /**
     * A file that waits.
     *
     * @param bytes a {@link KeptFile}; not to be changed
     * @param until log time until which it waits, ms since 1970
     */
    OpenFile(byte[] bytes, long until) {
        this.bytes = bytes;
        this.until = until;
    }

    byte[] bytes() {
        return bytes;
    }

    long until() {
        return until;
    }

    Timer timer() {
        return Objects.requireNonNull(timer, "it waits without a timer");
    }

    void waitWith(Timer timer) {
        this.timer = timer;
    }

    /** Open files in a store, as the kept files that they are. */
    static Serde<OpenFile> serde(Serde<KeptFile> files) {
        return new AsKept(files.deserializer());
    }

    private record AsKept(Deserializer<KeptFile> reader) implements Serde<OpenFile> {
        @Override
        @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
        public Serializer<OpenFile> serializer() {
            return (topic, open) -> open == null ? null : open.bytes();
        }

        @Override
        @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
        public Deserializer<OpenFile> deserializer() {
            return (topic, bytes) -> bytes == null
                    ? null
                    : new OpenFile(bytes, reader.deserialize(topic, bytes).openUntil());
        }
    }
}
