package org.callclear.settlement.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.callclear.schemas.call.CallId;
import org.callclear.settlement.proof.Verdict.Fault;
import org.callclear.settlement.proof.Verdict.Refused;

/**
 * Looks at proofs about one statement. What it knows of the statement must come from one whose signature holds; nothing in
 * the proof is believed.
 *
 * @param leaves how many leaves the statement's tree has
 * @param root its root
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CallProofCheck(long leaves, byte[] root) {
    /** A leaf of a proof, whichever it is. */
    private record Shown(String place, long index, Leaf leaf, List<byte[]> path) {}

    /**
     * What a proof shows of a call.
     *
     * @param asked the call in question
     */
    public Verdict verify(CallProof proof, CallId asked) {
        if (!proof.call().equals(asked)) {
            return new Refused(Fault.OTHER_CALL, "call_id: is " + proof.call() + ", not " + asked);
        }
        List<Shown> shown = shown(proof);
        Optional<Refused> refused = linesAreOf(proof)
                .or(() -> neighboursAreOfOthers(proof))
                .or(() -> shown.isEmpty() ? treeIsEmpty() : nothingIsLeftOut(proof, shown))
                .or(() -> keysAscend(proof, shown))
                .or(() -> allInTree(shown));
        if (refused.isPresent()) {
            return refused.get();
        }
        return proof.lines().isEmpty()
                ? new Verdict.Absent()
                : new Verdict.Present(proof.lines().size());
    }

    private static List<Shown> shown(CallProof proof) {
        List<Shown> all = new ArrayList<>();
        if (proof.before() != null) {
            all.add(neighbour("before", proof.before()));
        }
        for (int i = 0; i < proof.lines().size(); i++) {
            CallProof.Line line = proof.lines().get(i);
            all.add(new Shown("lines[" + i + "]", line.index(), line.leaf(), line.path()));
        }
        if (proof.after() != null) {
            all.add(neighbour("after", proof.after()));
        }
        return all;
    }

    private static Shown neighbour(String place, CallProof.Neighbour neighbour) {
        return new Shown(place, neighbour.index(), neighbour.leaf(), neighbour.path());
    }

    private static Optional<Refused> linesAreOf(CallProof proof) {
        for (int i = 0; i < proof.lines().size(); i++) {
            String place = "lines[" + i + "]";
            CallLine line = proof.lines().get(i).line();
            LineKey key;
            try {
                key = CallLine.read(line.json().getBytes(StandardCharsets.UTF_8))
                        .key();
            } catch (IllegalArgumentException e) {
                return refused(Fault.NOT_A_LINE, place + ": " + e.getMessage());
            }
            if (!key.equals(line.key())) {
                return refused(
                        Fault.OTHER_ENTRY,
                        place + ": the line is of entry " + key.entryId() + ", its key of "
                                + line.key().entryId());
            }
            if (!key.callId().equals(proof.call())) {
                return refused(Fault.LINE_OF_ANOTHER_CALL, place + ": of call " + key.callId());
            }
        }
        return Optional.empty();
    }

    private static Optional<Refused> neighboursAreOfOthers(CallProof proof) {
        if (proof.before() != null && isOf(proof, proof.before())) {
            return refused(Fault.LINE_HELD_BACK, "before: is of the call itself, and its line is not shown");
        }
        if (proof.after() != null && isOf(proof, proof.after())) {
            return refused(Fault.LINE_HELD_BACK, "after: is of the call itself, and its line is not shown");
        }
        return Optional.empty();
    }

    private static boolean isOf(CallProof proof, CallProof.Neighbour neighbour) {
        return neighbour.leaf().key().callId().equals(proof.call());
    }

    private Optional<Refused> treeIsEmpty() {
        if (leaves != 0) {
            return refused(Fault.NOT_ADJACENT, "no leaf is shown, and the statement has " + leaves);
        }
        return Arrays.equals(root, Hashes.sha256())
                ? Optional.empty()
                : refused(Fault.ROOT_OF_EMPTY_TREE, "the statement has no leaves, and a root that is not of none");
    }

    private Optional<Refused> nothingIsLeftOut(CallProof proof, List<Shown> shown) {
        if (leaves == 0) {
            return refused(Fault.LEAF_OF_EMPTY_TREE, shown.getFirst().place() + ": the statement has no leaves");
        }
        for (int i = 0; i < shown.size(); i++) {
            Shown one = shown.get(i);
            if (one.index() < 0 || one.index() >= leaves) {
                return refused(
                        Fault.INDEX_OUTSIDE, one.place() + ": index " + one.index() + " of " + leaves + " leaves");
            }
            if (i > 0 && one.index() != shown.get(i - 1).index() + 1) {
                return refused(
                        Fault.NOT_ADJACENT,
                        one.place() + ": index " + one.index() + " after "
                                + shown.get(i - 1).index());
            }
        }
        if (proof.before() == null && shown.getFirst().index() != 0) {
            return refused(
                    Fault.BEFORE_MISSING,
                    "before: missing, and the first leaf shown is "
                            + shown.getFirst().index());
        }
        if (proof.after() == null && shown.getLast().index() != leaves - 1) {
            return refused(
                    Fault.AFTER_MISSING,
                    "after: missing, and the last leaf shown is "
                            + shown.getLast().index() + " of " + leaves);
        }
        return Optional.empty();
    }

    private static Optional<Refused> keysAscend(CallProof proof, List<Shown> shown) {
        for (int i = 1; i < shown.size(); i++) {
            if (shown.get(i - 1).leaf().key().compareTo(shown.get(i).leaf().key()) >= 0) {
                return refused(Fault.KEYS_OUT_OF_ORDER, shown.get(i).place() + ": its key is not after the one before");
            }
        }
        LineKey call = new LineKey(proof.call(), 0, 0);
        if (proof.before() != null && proof.before().leaf().key().compareTo(call) > 0) {
            return refused(Fault.KEYS_OUT_OF_ORDER, "before: its key is after the call");
        }
        if (proof.after() != null && proof.after().leaf().key().compareTo(call) < 0) {
            return refused(Fault.KEYS_OUT_OF_ORDER, "after: its key is before the call");
        }
        return Optional.empty();
    }

    private Optional<Refused> allInTree(List<Shown> shown) {
        for (Shown one : shown) {
            if (!MerkleTree.isAt(one.index(), leaves, one.leaf().hash(), one.path(), root)) {
                return refused(
                        Fault.NOT_IN_TREE,
                        one.place() + ": its path does not lead from leaf " + one.index() + " to the statement's root");
            }
        }
        return Optional.empty();
    }

    private static Optional<Refused> refused(Fault fault, String what) {
        return Optional.of(new Refused(fault, what));
    }
}
