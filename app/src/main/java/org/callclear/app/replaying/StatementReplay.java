package org.callclear.app.replaying;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.callclear.app.settling.SettlingException;
import org.callclear.app.settling.Statements;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Statement;
import org.callclear.settlement.evidence.SealedStatement;
import org.callclear.settlement.proof.CallLine;
import org.callclear.settlement.proof.LineKey;
import org.callclear.settlement.reconcile.Reconciliation;
import org.callclear.settlement.replay.Difference;
import org.callclear.settlement.replay.JournalLog;
import org.callclear.settlement.replay.JournalReplay;
import org.callclear.settlement.replay.Replayed;
import org.callclear.settlement.replay.Wanted;
import org.callclear.settlement.seal.StatementSeal;
import org.callclear.settlement.statement.StatementJson;
import org.callclear.settlement.statement.StatementView;
import org.jspecify.annotations.Nullable;

/** Computes a published statement again and says whether the same comes out. */
public final class StatementReplay {
    private final ReplaySource records;
    private final int workers;
    private final Progress progress;

    /**
     * A replay of statements of one system.
     *
     * @param records where they are
     * @param workers how many partitions are folded at once, from 1
     */
    public StatementReplay(ReplaySource records, int workers, Progress progress) {
        this.records = records;
        this.workers = workers;
        this.progress = progress;
    }

    /**
     * What came out.
     *
     * @param records of the journal that were folded
     * @param leaves lines of calls under the replayed root
     * @param difference the first one in the JSON without its signature; empty when the bytes are equal
     * @param line the first line of a call that differs from the postings; empty when none does, or the bytes are equal
     */
    public record Outcome(long records, long leaves, Optional<Difference> difference, Optional<OtherLine> line) {
        /** Whether the bytes are the same. */
        public boolean isEqual() {
            return difference.isEmpty();
        }
    }

    /**
     * A line of a call that is another one on {@code postings} than what follows from the journal.
     *
     * @param entryId of the entry
     * @param published the line's JSON by the postings; empty where they have none
     * @param replayed the line's JSON by the journal; empty where it has none
     * @param partition of the journal where it came about; null where it has none
     * @param offset likewise, of the record by which it came about
     */
    public record OtherLine(
            String entryId,
            String published,
            String replayed,
            @Nullable Integer partition,
            @Nullable Long offset) {}

    /**
     * Computes it again and compares.
     *
     * @param statement a published one; its signature is for others to check
     * @param all statements that are published: the one before it is among them, unless it is its carrier's first
     * @throws SettlingException when it is none that this release can compute, or what it follows from cannot be read
     * @throws org.callclear.settlement.replay.ReplayException when the journal does not lead to it, or is not whole
     * @throws IOException when the journal cannot be read
     */
    public Outcome of(Statement statement, List<Statement> all) throws IOException {
        byte[] published = StatementSeal.read(Statements.json(statement)).unsigned();
        Wanted wanted = Wanted.of(view(statement));
        byte[] previous = previous(statement, all);
        JournalReplay replay = replay(wanted);
        Replayed replayed = replay.statement(wanted);
        progress.done();
        byte[] again = StatementSeal.unsigned(replayed.json(), previous, replayed.leaves(), replayed.root());
        if (Arrays.equals(published, again)) {
            return new Outcome(replayed.records(), replayed.leaves(), Optional.empty(), Optional.empty());
        }
        Difference first = Difference.first(published, again)
                .orElseThrow(() -> new IllegalStateException("canonical JSON differs and says the same"));
        return new Outcome(
                replayed.records(), replayed.leaves(), Optional.of(first), firstOther(replay.lines(wanted), wanted));
    }

    /**
     * What a published statement would have come to by other terms. Nothing is written.
     *
     * @throws SettlingException when it is none that this release can compute
     * @throws IOException when the journal cannot be read
     */
    public WhatIf with(Statement statement, OtherTerms terms) throws IOException {
        StatementView published = view(statement);
        Wanted wanted = Wanted.of(published);
        Replayed replayed = replay(wanted).statement(wanted, terms);
        progress.done();
        return WhatIf.of(published, StatementView.of(replayed.json()));
    }

    private JournalReplay replay(Wanted wanted) throws IOException {
        JournalLog journal = records.journal();
        progress.begin(wanted.ends().stream().mapToLong(end -> end + 1).sum());
        return new JournalReplay(journal, Reconciliation.USUAL_DELAY, workers, progress);
    }

    /**
     * What a statement says, if this release can compute it.
     *
     * @throws SettlingException when another engine made it, or it has no seal
     */
    public static StatementView view(Statement statement) {
        StatementView view = StatementView.of(Statements.json(statement));
        if (!view.header().id().equals(statement.getStatementId())) {
            throw new SettlingException(
                    "statement " + statement.getStatementId() + ": its JSON is that of "
                            + view.header().id(),
                    null);
        }
        String engine = view.header().engine();
        if (!engine.equals(StatementJson.ENGINE)) {
            throw new SettlingException(
                    "statement " + statement.getStatementId() + ": engine " + engine + ": this release replays "
                            + StatementJson.ENGINE,
                    null);
        }
        if (view.seal().isEmpty()) {
            throw new SettlingException(
                    "statement " + statement.getStatementId()
                            + ": has no seal: it was made before statements were sealed",
                    null);
        }
        return view;
    }

    private static byte[] previous(Statement statement, List<Statement> all) {
        if (statement.getSequence() == 1) {
            return new byte[0];
        }
        Statement before = all.stream()
                .filter(one -> one.getCarrier().equals(statement.getCarrier())
                        && one.getSequence() == statement.getSequence() - 1)
                .findFirst()
                .orElseThrow(() -> new SettlingException(
                        "statement " + statement.getStatementId()
                                + ": the carrier's statement before it is not published"
                                + " any more; its digest is part of this one",
                        null));
        return SealedStatement.of(Statements.json(before)).digest();
    }

    private Optional<OtherLine> firstOther(SortedMap<LineKey, Replayed.Line> replayed, Wanted wanted) {
        SortedMap<LineKey, String> posted = new TreeMap<>();
        TreeSet<LineKey> same = new TreeSet<>();
        records.postings(record -> {
            if (record instanceof LedgerEntry entry) {
                CallLine.of(entry, wanted.carrier(), wanted.periods()).ifPresent(line -> {
                    Replayed.Line known = replayed.get(line.key());
                    if (known != null && known.json().equals(line.json())) {
                        same.add(line.key());
                    } else {
                        posted.put(line.key(), line.json());
                    }
                });
            }
        });
        TreeSet<LineKey> others = new TreeSet<>(posted.keySet());
        replayed.keySet().stream()
                .filter(key -> !same.contains(key))
                .findFirst()
                .ifPresent(others::add);
        return others.stream().min(Comparator.naturalOrder()).map(key -> {
            Replayed.Line known = replayed.get(key);
            return new OtherLine(
                    key.entryId(),
                    posted.getOrDefault(key, ""),
                    known == null ? "" : known.json(),
                    known == null ? null : known.partition(),
                    known == null ? null : known.offset());
        });
    }
}
