package org.callclear.clearinghouse.answering;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.callclear.clearinghouse.admission.Question;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.jspecify.annotations.Nullable;

/** Makes a question of a record, or says why it is none. */
final class RequestReader {
    /** Names the proxy instance that waits for the answer. */
    static final String REPLY_TO = "reply-to";

    private static final Pattern REQUESTS = Topic.AUTHORIZATION_REQUESTS.pattern();
    /** A rejected record holds so much of the original; the rest stands at its place. Kafka takes 1 MiB as a whole. */
    private static final int LARGEST_KEPT = 900_000;

    private static final int LONGEST_SIP_CALL_ID = 1_000;

    private final RecordDeserializer deserializer;
    private final Placement placement;

    /** @param placement where a request must be: in the partition where its call's grant will be */
    RequestReader(RecordDeserializer deserializer, Placement placement) {
        this.deserializer = deserializer;
        this.placement = placement;
    }

    /** What a record is. */
    sealed interface Found {
        /** A question, and who waits. */
        record Asked(Question question) implements Found {}

        /** No question; whom to tell, where that can be known. */
        record Rejected(
                CarrierId asker,
                String reason,
                String field,
                String detail,
                Optional<CallId> callId,
                Optional<String> proxy)
                implements Found {}
    }

    /** @throws RecordDeserializer.RegistryUnavailableException when the bytes may be good, but that cannot be found out */
    Found read(ConsumerRecord<byte[], byte[]> record) {
        CarrierId asker = asker(record.topic());
        return switch (deserializer.read(record.value())) {
            case Reading.Unreadable unreadable -> unreadable(record, asker, "UNREADABLE", unreadable.why());
            case Reading.Read read ->
                read.value() instanceof AuthorizationRequest request
                        ? question(record, asker, request)
                        : unreadable(
                                record,
                                asker,
                                "OTHER_TYPE",
                                "a " + read.value().getSchema().getName());
        };
    }

    private Found question(ConsumerRecord<byte[], byte[]> record, CarrierId asker, AuthorizationRequest request) {
        Optional<CallId> callId = callId(request.getCallId());
        Optional<String> proxy = Optional.of(request.getProxy()).filter(PartyName::isValid);
        String field;
        String detail;
        if (callId.isEmpty()) {
            field = "callId";
            detail = "callId is no UUID of version 7";
        } else if (proxy.isEmpty()) {
            field = "proxy";
            detail = "proxy is not the name of an instance";
        } else if (request.getSipCallId().length() > LONGEST_SIP_CALL_ID) {
            field = "sipCallId";
            detail = "sipCallId is longer than " + LONGEST_SIP_CALL_ID;
        } else if (!Arrays.equals(record.key(), request.getCallId().getBytes(StandardCharsets.UTF_8))) {
            field = "key";
            detail = "the record's key is " + (record.key() == null ? "missing" : "not the call id");
        } else if (record.partition() != placement.of(record.key())) {
            field = "partition";
            detail = "partition " + record.partition() + ": must be " + placement.of(record.key())
                    + ", where Kafka's default partitioner puts the key";
        } else {
            Instant writtenAt = Instant.ofEpochMilli(record.timestamp());
            return new Found.Asked(new Question(request, callId.get(), asker, writtenAt));
        }
        return new Found.Rejected(asker, "INVALID_FIELD", field, detail, callId, proxy);
    }

    private static Found unreadable(ConsumerRecord<byte[], byte[]> record, CarrierId asker, String reason, String why) {
        Optional<CallId> callId =
                Optional.ofNullable(record.key()).flatMap(key -> callId(new String(key, StandardCharsets.UTF_8)));
        return new Found.Rejected(asker, reason, "", why, callId, replyTo(record));
    }

    /** The record as operations get to see it, whole, with its place. */
    static RejectedRecord rejected(ConsumerRecord<byte[], byte[]> record, Found.Rejected why, Instant now) {
        boolean cut = record.value() != null && record.value().length > LARGEST_KEPT;
        return RejectedRecord.newBuilder()
                .setSourceTopic(record.topic())
                .setSourcePartition(record.partition())
                .setSourceOffset(record.offset())
                .setSourceTimestamp(Instant.ofEpochMilli(record.timestamp()))
                .setKey(kept(record.key(), LARGEST_KEPT / 10))
                .setValue(kept(record.value(), LARGEST_KEPT))
                .setReason(why.reason())
                .setField(why.field())
                .setDetail(cut ? why.detail() + "; only the first " + LARGEST_KEPT + " bytes are kept" : why.detail())
                .setRejectedAt(now)
                .build();
    }

    private static @Nullable ByteBuffer kept(byte @Nullable [] bytes, int most) {
        return bytes == null ? null : ByteBuffer.wrap(bytes, 0, Math.min(most, bytes.length));
    }

    /** The instance that waits, as the record's header has it. */
    static Optional<String> replyTo(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.headers().lastHeader(REPLY_TO))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .filter(PartyName::isValid);
    }

    private static CarrierId asker(String topic) {
        Matcher matcher = REQUESTS.matcher(topic);
        if (!matcher.matches()) {
            throw new IllegalStateException("not a topic of requests: " + topic);
        }
        return new CarrierId(matcher.group(1));
    }

    private static Optional<CallId> callId(String text) {
        try {
            return Optional.of(CallId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
