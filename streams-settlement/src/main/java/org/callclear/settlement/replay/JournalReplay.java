package org.callclear.settlement.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.schemas.avro.LineSums;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.settlement.period.JournalStandings;
import org.callclear.settlement.proof.Leaf;
import org.callclear.settlement.proof.LineKey;
import org.callclear.settlement.proof.MerkleTree;
import org.callclear.settlement.statement.ClosedPeriod;
import org.callclear.settlement.statement.ClosedStatement;
import org.callclear.settlement.statement.StatementJson;
import org.jspecify.annotations.Nullable;

/**
 * Computes a statement again from the journal: every partition is folded from its first record to where the statement's
 * period ended, by the stages of the topology itself. How many threads do it makes no difference to what comes out.
 */
public final class JournalReplay {
    private final JournalLog log;
    private final Duration oneSidedDelay;
    private final int workers;
    private final Watcher watcher;

    /**
     * A replay of a journal.
     *
     * @param oneSidedDelay as the settlement that made the statement has it
     * @param workers how many partitions are folded at once
     */
    public JournalReplay(JournalLog log, Duration oneSidedDelay, int workers, Watcher watcher) {
        this.log = log;
        this.oneSidedDelay = oneSidedDelay;
        this.workers = workers;
        this.watcher = watcher;
    }

    /**
     * The statement that follows from the journal.
     *
     * @throws ReplayException when the journal does not close that period there, or cannot be folded; names the place
     */
    public Replayed statement(Wanted wanted) {
        return statement(wanted, Change.NONE);
    }

    /** The statement that would have followed, had the journal's records been others. */
    public Replayed statement(Wanted wanted, Change change) {
        byte[] salt = salt(wanted);
        List<byte[]> leaves = Collections.synchronizedList(new ArrayList<>());
        List<PartitionWork> done = fold(wanted, change, (line, partition, offset) -> {
            Leaf leaf = Leaf.of(line, wanted.carrier(), salt);
            leaves.add(leaf.bytes());
        });
        ClosedStatement statement = statement(wanted, done);
        MerkleTree.Growing tree = new MerkleTree.Growing();
        leaves.sort(Arrays::compareUnsigned);
        leaves.forEach(leaf -> tree.add(MerkleTree.leafHash(leaf)));
        long records = done.stream().mapToLong(PartitionWork::records).sum();
        return new Replayed(statement, StatementJson.bytes(statement), tree.size(), tree.root(), records);
    }

    /** The lines of the statement's calls by entry id, each with the record by which it came about. */
    public SortedMap<LineKey, Replayed.Line> lines(Wanted wanted) {
        SortedMap<LineKey, Replayed.Line> lines = Collections.synchronizedSortedMap(new TreeMap<>());
        fold(
                wanted,
                Change.NONE,
                (line, partition, offset) -> lines.put(line.key(), new Replayed.Line(line.json(), partition, offset)));
        return lines;
    }

    /** The secret of the period's closing barrier, which must be where the statement says. */
    private byte[] salt(Wanted wanted) {
        int partitions = wanted.ends().size(); // of the journal when the period ended; it may have got more since
        if (partitions > log.partitions()) {
            throw new ReplayException(
                    "log_positions: " + wanted.ends().size() + " partitions, but the journal has " + log.partitions());
        }
        byte @Nullable [] salt = null;
        for (int partition = 0; partition < partitions; partition++) {
            byte[] here = barrier(partition, wanted);
            if (salt != null && !Arrays.equals(salt, here)) {
                throw new ReplayException("partition " + partition + " offset "
                        + wanted.ends().get(partition) + ": its barrier has another salt than that of partition 0");
            }
            salt = here;
        }
        return salt == null ? new byte[0] : salt;
    }

    private static boolean closes(PeriodBarrier barrier, String period) {
        return JournalStandings.closed(barrier)
                .filter(closed -> closed.id().equals(period))
                .isPresent();
    }

    private byte[] barrier(int partition, Wanted wanted) {
        long end = wanted.ends().get(partition);
        List<PeriodBarrier> found = new ArrayList<>(1);
        try {
            if (end < log.end(partition)) {
                log.read(partition, end, end + 1, (offset, timestamp, record) -> {
                    if (record instanceof PeriodBarrier barrier && closes(barrier, wanted.period())) {
                        found.add(barrier);
                    }
                });
            }
        } catch (IOException e) {
            throw new ReplayException(String.valueOf(e.getMessage()), e);
        }
        if (found.isEmpty()) {
            throw new ReplayException("settlement-journal partition " + partition + " offset " + end
                    + ": no barrier stands there that closes " + wanted.period());
        }
        ByteBuffer salt = found.getFirst().getSalt().duplicate();
        byte[] bytes = new byte[salt.remaining()];
        salt.get(bytes);
        return bytes;
    }

    private List<PartitionWork> fold(Wanted wanted, Change change, PartitionWork.Lines lines) {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().daemon().name("replay-", 0).factory())) {
            List<Future<PartitionWork>> parts = new ArrayList<>();
            for (int partition = 0; partition < wanted.ends().size(); partition++) {
                parts.add(threads.submit(
                        new PartitionWork(log, partition, wanted, oneSidedDelay, change, lines, watcher)));
            }
            try {
                List<PartitionWork> done = new ArrayList<>();
                for (Future<PartitionWork> part : parts) {
                    done.add(part.get());
                }
                return done;
            } catch (ExecutionException e) {
                threads.shutdownNow();
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                throw cause instanceof ReplayException known
                        ? known
                        : new ReplayException(String.valueOf(cause.getMessage()), cause);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new ReplayException("interrupted", e);
            }
        }
    }

    /**
     * Periods end in the same order in every partition: so does the numbering of a carrier's statements go.
     */
    private static ClosedStatement statement(Wanted wanted, List<PartitionWork> done) {
        List<List<PeriodEnd>> ends = done.stream()
                .sorted(Comparator.comparingInt(PartitionWork::partition))
                .map(PartitionWork::ends)
                .toList();
        long sequence = 0;
        for (int i = 0; i < ends.getFirst().size(); i++) {
            CalendarMarker marker = ends.getFirst().get(i).marker();
            List<PeriodEnd> same = sameEnds(ends, i, marker);
            List<LineSums> lines =
                    same.stream().flatMap(end -> end.lines().stream()).toList();
            if (!marker.getCarriers().contains(wanted.carrier()) && lines.isEmpty()) {
                continue;
            }
            sequence++;
            if (marker.getPeriod().equals(wanted.period())) {
                ClosedPeriod period =
                        ClosedPeriod.of(same.stream().map(PeriodEnd::marker).toList());
                return ClosedStatement.of(wanted.carrier(), sequence, period, lines);
            }
        }
        throw new ReplayException("no barrier of the journal closes " + wanted.period() + " for carrier "
                + wanted.carrier() + " where the statement says");
    }

    private static List<PeriodEnd> sameEnds(List<List<PeriodEnd>> ends, int index, CalendarMarker marker) {
        List<PeriodEnd> same = new ArrayList<>();
        for (int partition = 0; partition < ends.size(); partition++) {
            List<PeriodEnd> here = ends.get(partition);
            if (index >= here.size() || !here.get(index).marker().getPeriod().equals(marker.getPeriod())) {
                throw new ReplayException("partition " + partition + ": " + marker.getPeriod()
                        + " does not end there in the order in which it does in partition 0");
            }
            same.add(here.get(index));
        }
        return same;
    }
}
