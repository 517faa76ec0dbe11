package org.callclear.app.exchange;

import java.util.HashMap;
import java.util.Map;
import org.callclear.schemas.avro.UsageFile;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;

/** Reads which files of a carrier came in or went out. */
final class UsageFiles {
    private UsageFiles() {}

    /**
     * Everything written before now. A note that another carrier's transaction stands in front of is waited for: a file
     * must not be taken for new because its note could not be seen yet.
     *
     * @throws ExchangeException when the topic is not there, cannot be read to its end or holds what is not ours
     */
    static KnownFiles read(KafkaAccess access, CarrierId carrier) {
        RecordDeserializer deserializer = new RecordDeserializer(access.registry());
        String topic = Topic.USAGE_FILES.topic();
        Map<String, UsageFile> files = new HashMap<>();
        try (TopicReading reading = TopicReading.open(access, topic)) {
            if (!reading.exists()) {
                throw new ExchangeException("the topic " + topic + " is not there; run `callclear topics apply`");
            }
            reading.read(reading.beginnings(), reading.writtenEnds(), record -> {
                if (record.value() == null) {
                    files.remove(record.key());
                } else if (deserializer.read(record.value()) instanceof Reading.Read read
                        && read.value() instanceof UsageFile file) {
                    files.put(record.key(), file);
                } else {
                    throw new ExchangeException(topic + ", offset " + record.offset() + ": is no note of a file");
                }
            });
        }
        return KnownFiles.of(files.values(), carrier.value());
    }
}
