package org.callclear.app.rerating;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.callclear.app.settling.SettlingException;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.wire.KafkaAccess;

/** What pricing the calls of a scope anew comes to. Writes nothing. */
public final class Rerating {
    private final Scope scope;
    private final List<Verdict.Changes> changes = new ArrayList<>();
    private final SortedMap<DifferenceLine.Name, DifferenceLine> lines = new TreeMap<>();
    private final SortedMap<String, DifferenceLine> totals = new TreeMap<>();
    private final Map<LeftAlone, Long> leftAlone = new EnumMap<>(LeftAlone.class);
    private final List<Unpriced> unpriced = new ArrayList<>();

    private Rerating(Scope scope) {
        this.scope = scope;
    }

    /** A call that the deck does not price now. */
    public record Unpriced(String callId, int leg, String maskedCalled, LeftAlone why) {}

    /**
     * Judges all calls that are there.
     *
     * @param access of the party {@code administration}
     * @throws SettlingException when the calls cannot be read
     */
    public static Rerating read(KafkaAccess access, Scope scope) {
        return judged(Candidates.read(access, scope), scope);
    }

    /** Judges these calls: all that was found about them, of each attempt the earlier revisions first. */
    public static Rerating of(Collection<ReconciledCall> found, Scope scope) {
        Candidates candidates = new Candidates(scope);
        found.forEach(candidates::take);
        return judged(candidates.inTime(), scope);
    }

    private static Rerating judged(List<RatedCall> calls, Scope scope) {
        Rerating rerating = new Rerating(scope);
        calls.forEach(call -> rerating.take(Verdict.of(call, scope)));
        return rerating;
    }

    private void take(Verdict verdict) {
        switch (verdict) {
            case Verdict.Stays stays -> take(stays);
            case Verdict.Changes change -> {
                changes.add(change);
                DifferenceLine line = DifferenceLine.of(change);
                lines.merge(line.name(), line, DifferenceLine::plus);
                totals.merge(line.name().currency(), line, DifferenceLine::plus);
            }
        }
    }

    private void take(Verdict.Stays stays) {
        leftAlone.merge(stays.why(), 1L, Long::sum);
        if (stays.why().isListed()) {
            RatedCall call = stays.call();
            unpriced.add(new Unpriced(call.callId(), call.leg(), call.maskedCalled(), stays.why()));
        }
    }

    /** What was priced anew. */
    public Scope scope() {
        return scope;
    }

    /** How many calls get another price. */
    public int size() {
        return changes.size();
    }

    /** What changes, a line for each of a statement. */
    public List<DifferenceLine> lines() {
        return List.copyOf(lines.values());
    }

    /** The sum of the lines by currency; the name of a sum means nothing. */
    public SortedMap<String, DifferenceLine> totals() {
        return new TreeMap<>(totals);
    }

    /** How many calls are left alone, by reason; reasons without a call are left out. */
    public Map<LeftAlone, Long> leftAlone() {
        return leftAlone.isEmpty() ? Map.of() : new EnumMap<>(leftAlone);
    }

    /** The calls that the deck does not price now, in order of time. They stay as they are. */
    public List<Unpriced> unpriced() {
        return List.copyOf(unpriced);
    }

    /** The calls that change, in order of time. */
    List<Verdict.Changes> changes() {
        return changes;
    }
}
