package org.callclear.app.demo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.Position;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.jspecify.annotations.Nullable;

/** What settlement writes, as it comes: since the demo began, and the positions and barriers since ever. */
final class Ledger implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Map<String, ReconciledCall> reconciled = new TreeMap<>();
    private final Map<String, Dispute> disputes = new TreeMap<>();
    private final Map<String, Position> positions = new TreeMap<>();
    private final Map<String, Statement> statements = new TreeMap<>();
    private final Map<String, CommandOutcome> outcomes = new TreeMap<>();
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final List<TopicTail> tails = new ArrayList<>();
    private @Nullable String openPeriod;

    /** Follows, from now on; returns once it does. */
    static Ledger follow(KafkaAccess administration) {
        Ledger ledger = new Ledger();
        List<String> since = List.of(
                Topic.RECONCILED_CALLS.topic(),
                Topic.DISPUTES.topic(),
                Topic.POSTINGS.topic(),
                Topic.COMMAND_OUTCOMES.topic());
        Predicate<String> ever = Topic.STATEMENTS
                .pattern()
                .asMatchPredicate()
                .or(List.of(Topic.POSITIONS.topic(), Topic.SETTLEMENT_JOURNAL.topic())::contains);
        TopicTail.Handler handler = (record, reading) -> {
            if (reading instanceof Reading.Read read) {
                ledger.take(String.valueOf(record.key()), read.value());
            }
        };
        ledger.tails.add(TopicTail.start(administration, "demo-since", since, TopicTail.From.END, handler));
        ledger.tails.add(TopicTail.start(administration, "demo-ever", ever, TopicTail.From.BEGINNING, handler));
        ledger.tails.forEach(tail -> tail.caughtUp().join());
        return ledger;
    }

    private void take(String key, SpecificRecord record) {
        lock.lock();
        try {
            switch (record) {
                case ReconciledCall call -> reconciled.put(call.getCallId() + "/" + call.getLeg(), call);
                case Dispute dispute -> disputes.put(dispute.getDisputeId(), dispute);
                case Position position -> positions.put(key, position);
                case Statement statement -> statements.put(statement.getStatementId(), statement);
                case CommandOutcome outcome -> outcomes.put(outcome.getCommandId(), outcome);
                case LedgerEntry entry -> entries.add(entry);
                case PeriodBarrier barrier -> openPeriod = barrier.getOpens();
                default -> {
                    return; // Grants and CDRs on the journal.
                }
            }
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is so; returns whether it came to be so in time. */
    boolean await(BooleanSupplier condition, Duration within) {
        long left = within.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = more.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Calls that settled, and those that are in dispute without. */
    int concluded() {
        TreeSet<String> all = new TreeSet<>(disputes.keySet());
        reconciled.values().stream()
                .filter(call -> call.getSettledMillis() != null)
                .forEach(call -> all.add(call.getCallId() + "/" + call.getLeg()));
        return all.size();
    }

    long settled() {
        return reconciled.values().stream()
                .filter(call -> call.getSettledMillis() != null)
                .count();
    }

    List<Dispute> disputes() {
        return List.copyOf(disputes.values());
    }

    /** Whether every settled call is in the books, and in the positions. */
    boolean isPosted(String period) {
        return entries.size() >= settled()
                && positions(period).stream().mapToLong(Position::getCalls).sum() >= settled();
    }

    /** What all postings come to, by currency: zero, or the books are wrong. */
    Map<String, BigDecimal> postingsSum() {
        Map<String, BigDecimal> sums = new TreeMap<>();
        entries.stream()
                .flatMap(entry -> entry.getPostings().stream())
                .forEach(posting -> sums.merge(posting.getCurrency(), posting.getAmount(), BigDecimal::add));
        return sums;
    }

    List<Position> positions(String period) {
        return positions.values().stream()
                .filter(position -> position.getPeriod().equals(period))
                .toList();
    }

    List<Statement> statements(String period) {
        return statements.values().stream()
                .filter(statement -> statement.getPeriod().equals(period))
                .toList();
    }

    @Nullable
    CommandOutcome outcome(String commandId) {
        return outcomes.get(commandId);
    }

    @Nullable
    String openPeriod() {
        return openPeriod;
    }

    @Override
    public void close() {
        tails.forEach(TopicTail::close);
    }
}
