package org.callclear.clearinghouse.answering;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;
import org.callclear.schemas.call.CallId;

/**
 * Where Kafka's default partitioner puts a key. A call's request and its grant have the same key, and their topics as
 * many partitions.
 *
 * @param partitions how many partitions the journal has
 */
record Placement(int partitions) {
    int of(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    int of(CallId callId) {
        return of(callId.toString().getBytes(StandardCharsets.UTF_8));
    }
}
