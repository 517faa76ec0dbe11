package org.callclear.app.command;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.callclear.app.logview.CallLog;
import org.callclear.app.logview.LogTail;
import org.callclear.app.logview.LogViewException;
import org.callclear.app.logview.Numbers;
import org.callclear.app.logview.ReadableTopics;
import org.callclear.app.logview.RecordJson;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.jspecify.annotations.Nullable;

/** The log as whoever types may see it: what {@code call} and {@code topics} have in common. */
final class LogAccess implements AutoCloseable {
    private final KafkaAccess access;
    private final String principal;
    private final Numbers numbers;
    private final ReadableTopics readable;
    private final SchemaRegistryClient registry;

    private LogAccess(KafkaAccess access, String principal, Numbers numbers, ReadableTopics readable) {
        this.access = access;
        this.principal = principal;
        this.numbers = numbers;
        this.readable = readable;
        this.registry = access.registry();
    }

    /**
     * Looks who types, and what they may read.
     *
     * @throws LogViewException when they want whole numbers and may not see them, or the broker does not answer
     */
    static LogAccess open(Target target, boolean wholeNumbers) {
        KafkaAccess access = target.anyone();
        String principal = ClusterCheck.principal(access);
        Numbers numbers = Numbers.of(principal, wholeNumbers);
        return new LogAccess(access, principal, numbers, ReadableTopics.of(access, principal));
    }

    /** @throws CommandException when it is none */
    static CallId call(String id) {
        try {
            return CallId.parse(id);
        } catch (IllegalArgumentException e) {
            throw new CommandException("'" + PartyName.shown(id) + "': not a call id (a UUID version 7 in lower case)");
        }
    }

    /** What the log says about a call. */
    CallLog read(CallLog.Question question, Clock clock) {
        return CallLog.read(access, question, readable, clock);
    }

    /** Follows topics from an instant on; null for the end. */
    LogTail follow(List<String> patterns, @Nullable Instant since) {
        return LogTail.open(access, readable, readable.named(patterns), since);
    }

    /** Records as JSON; until this is closed. */
    RecordJson json() {
        return new RecordJson(numbers, new RecordDeserializer(registry)::read);
    }

    /** What is shown of phone numbers. */
    Numbers numbers() {
        return numbers;
    }

    /** A sentence: nothing was found. */
    String nothing(CallLog log) {
        return "call " + log.call() + ": nothing that '" + principal + "' may read says anything about it since "
                + log.from();
    }

    @Override
    public void close() {
        Utils.closeQuietly(registry, "schema registry");
    }
}
