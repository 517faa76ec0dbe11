package org.callclear.app.settling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.callclear.settlement.intake.JournalBarriers;
import org.callclear.settlement.period.JournalStandings;
import org.callclear.settlement.period.Opening;
import org.callclear.settlement.period.Period;

/** The settlement periods that are open, and those that are closed. */
public final class Periods {
    private final KafkaAccess access;
    private final JournalBarriers barriers;

    /** @param access of the party {@code administration} */
    public Periods(KafkaAccess access) {
        this.access = access;
        this.barriers = new JournalBarriers(access, new RecordDeserializer(access.registry()));
    }

    /** A statement that a closed period owes a carrier. */
    public record Owed(String period, String carrier) {}

    /**
     * A period.
     *
     * @param period which
     * @param open whether it is open
     * @param statements how many it has; 0 while it is open
     */
    public record Listed(Period period, boolean open, long statements) {}

    /**
     * The open periods and those of which there are statements, by calendar and time.
     *
     * @throws SettlingException when the journal or the statements cannot be read
     */
    public List<Listed> all() {
        SortedMap<Period, Long> closed = new TreeMap<>();
        Statements.all(access)
                .forEach(statement ->
                        Period.parse(statement.getPeriod()).ifPresent(period -> closed.merge(period, 1L, Long::sum)));
        List<Listed> all = new ArrayList<>();
        closed.forEach((period, statements) -> all.add(new Listed(period, false, statements)));
        for (Opening opening : open()) {
            all.add(new Listed(opening.period(), true, 0));
        }
        all.sort((a, b) -> {
            int byCalendar = a.period().calendar().compareTo(b.period().calendar());
            return byCalendar != 0 ? byCalendar : a.period().compareTo(b.period());
        });
        return all;
    }

    /**
     * The statements that follow from a command that was obeyed.
     *
     * @throws SettlingException when the journal cannot be read
     */
    public Set<Owed> owed(String commandId) {
        Set<Owed> owed = new HashSet<>();
        for (PeriodBarrier barrier : closedBy(commandId)) {
            JournalStandings.closed(barrier)
                    .ifPresent(period ->
                            barrier.getCarriers().forEach(carrier -> owed.add(new Owed(period.id(), carrier))));
        }
        return owed;
    }

    /**
     * Waits for statements.
     *
     * @return the ids of those that are there when all are, or when the time is up
     */
    @SuppressWarnings("try") // The tail need only be open while we wait.
    public List<String> await(Collection<Owed> owed, Duration within) {
        SortedMap<String, String> ids = new TreeMap<>();
        CountDownLatch missing = new CountDownLatch(owed.size());
        Set<Owed> outstanding = new HashSet<>(owed);
        Predicate<String> topics = Topic.STATEMENTS.pattern().asMatchPredicate();
        try (TopicTail tail =
                TopicTail.start(access, "statements", topics, TopicTail.From.BEGINNING, (record, reading) -> {
                    if (reading instanceof Reading.Read read && read.value() instanceof Statement statement) {
                        synchronized (ids) {
                            if (outstanding.remove(new Owed(statement.getPeriod(), statement.getCarrier()))) {
                                ids.put(statement.getStatementId(), statement.getCarrier());
                                missing.countDown();
                            }
                        }
                    }
                })) {
            var unused = missing.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SettlingException("interrupted while waiting for statements", e);
        }
        synchronized (ids) {
            return List.copyOf(ids.keySet());
        }
    }

    private List<Opening> open() {
        try {
            return barriers.openings().all();
        } catch (KafkaException e) {
            throw new SettlingException("the journal cannot be read: " + SettlingException.rootOf(e), e);
        }
    }

    private List<PeriodBarrier> closedBy(String commandId) {
        try {
            return barriers.of(commandId);
        } catch (KafkaException e) {
            throw new SettlingException("the journal cannot be read: " + SettlingException.rootOf(e), e);
        }
    }
}
