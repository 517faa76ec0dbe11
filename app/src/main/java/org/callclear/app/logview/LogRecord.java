package org.callclear.app.logview;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.topics.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A record where it stands.
 *
 * @param family of the topic
 * @param topic its name
 * @param partition of the topic
 * @param offset in the partition
 * @param at the record's Kafka timestamp
 * @param key as text; null for none
 * @param value what it says; null when it has no value, or one that cannot be read
 * @param unreadable why the value cannot be read, in one sentence without content; empty when it can, or when there is none
 */
public record LogRecord(
        Topic family,
        String topic,
        int partition,
        long offset,
        Instant at,
        @Nullable String key,
        @Nullable SpecificRecord value,
        String unreadable) {

    /** Topic, partition and offset as all commands write them: {@code carrier.acme.cdrs-3-812}. */
    public String place() {
        return topic + "-" + partition + "-" + offset;
    }

    /** The name of what it is; empty for a record without a value, and for one that cannot be read. */
    public String type() {
        return value == null ? "" : value.getSchema().getName();
    }
}
