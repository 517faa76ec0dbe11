package org.callclear.app.settling;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.jspecify.annotations.Nullable;

/** What settlement could not use: reports that are not fit, and those that contradict what was reported before. */
public final class RejectedReports {
    private static final Comparator<RejectedRecord> IN_TIME = Comparator.comparing(RejectedRecord::getRejectedAt)
            .thenComparing(RejectedRecord::getSourceTopic)
            .thenComparingInt(RejectedRecord::getSourcePartition)
            .thenComparingLong(RejectedRecord::getSourceOffset);

    private RejectedReports() {}

    /**
     * Which ones are wanted.
     *
     * @param carrier on whose topic they came; null for any, and for commands too
     * @param since when they were set aside at the earliest; null for any time
     */
    public record Wanted(
            @Nullable CarrierId carrier, @Nullable Instant since) {
        boolean has(RejectedRecord record) {
            return (carrier == null || record.getSourceTopic().equals(Topic.CDRS.of(carrier)))
                    && (since == null || !record.getRejectedAt().isBefore(since));
        }
    }

    /**
     * Those that are wanted, the earliest first.
     *
     * @param access of the party {@code administration}
     * @throws SettlingException when they cannot be read
     */
    public static List<RejectedRecord> read(KafkaAccess access, Wanted wanted) {
        List<RejectedRecord> found = new ArrayList<>();
        WholeTopic.read(access, Topic.CDR_REJECTED, record -> {
            RejectedRecord rejected = WholeTopic.only(RejectedRecord.class, record);
            if (wanted.has(rejected)) {
                found.add(rejected);
            }
        });
        found.sort(IN_TIME);
        return found;
    }

    /** The call that a record names by its key; empty when the key is no call id: anything may stand there. */
    public static String callId(RejectedRecord record) {
        ByteBuffer key = record.getKey();
        String text = key == null
                ? ""
                : StandardCharsets.UTF_8.decode(key.duplicate()).toString();
        return CallId.isValid(text) ? text : "";
    }
}
