package org.callclear.app.settling;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;

/** The closed statements that are there, of all carriers. */
public final class Statements {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private Statements() {}

    /**
     * All of them, by carrier and sequence.
     *
     * @throws SettlingException when their topics cannot be read
     */
    public static List<Statement> all(KafkaAccess access) {
        SortedMap<String, Statement> byId = new TreeMap<>();
        Predicate<String> topics = Topic.STATEMENTS.pattern().asMatchPredicate();
        try (TopicTail tail =
                TopicTail.start(access, "statements", topics, TopicTail.From.BEGINNING_TO_END, (record, reading) -> {
                    if (reading instanceof Reading.Read read && read.value() instanceof Statement statement) {
                        synchronized (byId) {
                            byId.put(statement.getStatementId(), statement);
                        }
                    }
                })) {
            tail.caughtUp().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SettlingException(
                    "the statements on " + access.bootstrapServers() + " could not be read within " + WITHIN.toSeconds()
                            + " s",
                    e);
        } catch (ExecutionException e) {
            throw new SettlingException("the statements cannot be read: " + SettlingException.rootOf(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SettlingException("interrupted while reading statements", e);
        }
        synchronized (byId) {
            List<Statement> all = new ArrayList<>(byId.values());
            all.sort(Comparator.comparing(Statement::getCarrier).thenComparingLong(Statement::getSequence));
            return all;
        }
    }

    /** The statement's canonical JSON. */
    public static byte[] json(Statement statement) {
        ByteBuffer buffer = statement.getJson().duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
