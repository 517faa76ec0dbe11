package org.callclear.settlement.proof;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.callclear.schemas.call.CallId;
import org.callclear.settlement.proof.Verdict.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A tree of ten leaves of five calls, two lines each: 10, 20, 30, 40 and 50. */
final class CallProofCheckTest {
    private static final byte[] SALT = new byte[Hashes.SIZE];

    private final LeafTree tree = tree(List.of(10, 20, 30, 40, 50));
    private final CallProofCheck check = new CallProofCheck(tree.size(), tree.root());
    private final CallProof proof = prove(30);

    @Test
    void allLinesOfACallAreShownWhereverItStands() {
        for (int call : List.of(10, 20, 30, 40, 50)) {
            assertThat(check.verify(prove(call), call(call))).isEqualTo(new Verdict.Present(2));
        }
    }

    @Test
    void aCallThatIsNotThereIsShownNotToBeWhereverItWouldStand() {
        for (int call : List.of(5, 15, 25, 55)) {
            assertThat(check.verify(prove(call), call(call))).isEqualTo(new Verdict.Absent());
        }
    }

    @Test
    void noCallIsInAnEmptyStatementAndItsRootMustBeThatOfNothing() {
        LeafTree empty = tree(List.of());
        CallProof nothing = empty.prove(call(1), CallProofCheckTest::opened);

        assertThat(new CallProofCheck(0, empty.root()).verify(nothing, call(1))).isEqualTo(new Verdict.Absent());
        assertRefused(new CallProofCheck(0, tree.root()).verify(nothing, call(1)), Fault.ROOT_OF_EMPTY_TREE);
        assertRefused(new CallProofCheck(0, empty.root()).verify(proof, call(30)), Fault.LEAF_OF_EMPTY_TREE);
    }

    @Test
    void theWholeTreeCanBeOneCall() {
        LeafTree one = tree(List.of(7));
        CallProof all = one.prove(call(7), CallProofCheckTest::opened);

        assertThat(all.before()).isNull();
        assertThat(all.after()).isNull();
        assertThat(new CallProofCheck(2, one.root()).verify(all, call(7))).isEqualTo(new Verdict.Present(2));
    }

    @Test
    void aProofOfAnotherCallIsNoAnswer() {
        assertRefused(check.verify(proof, call(20)), Fault.OTHER_CALL);
    }

    @Test
    void nothingShownOfATreeThatHasLeavesShowsNothing() {
        assertRefused(verify(new CallProof(call(30), List.of(), null, null)), Fault.NOT_ADJACENT);
    }

    @Test
    void aLineThatIsLeftOutIsMissed() {
        assertRefused(verify(with(List.of(line(0)))), Fault.NOT_ADJACENT);
        assertRefused(verify(with(List.of(line(1)))), Fault.NOT_ADJACENT);
        assertRefused(verify(with(List.of())), Fault.NOT_ADJACENT);
    }

    @Test
    void aLineThatIsShownAsANeighbourIsHeldBack() {
        CallProof.Neighbour second = new CallProof.Neighbour(5, line(1).leaf(), line(1).path());
        CallProof.Neighbour first = new CallProof.Neighbour(4, line(0).leaf(), line(0).path());

        assertRefused(verify(new CallProof(call(30), List.of(line(0)), proof.before(), second)), Fault.LINE_HELD_BACK);
        assertRefused(verify(new CallProof(call(30), List.of(line(1)), first, proof.after())), Fault.LINE_HELD_BACK);
        assertRefused(verify(new CallProof(call(30), List.of(), first, second)), Fault.LINE_HELD_BACK);
    }

    @Test
    void aLineTwiceOrLinesTurnedRoundAreNotSideBySide() {
        assertRefused(verify(with(List.of(line(0), line(0), line(1)))), Fault.NOT_ADJACENT);
        assertRefused(verify(with(List.of(line(1), line(0)))), Fault.NOT_ADJACENT);
    }

    @Test
    void aLineTwiceWithIndexesToMatchHasKeysOutOfOrder() {
        CallProof.Line again = new CallProof.Line(5, line(0).line(), SALT, line(1).path());

        assertRefused(verify(with(List.of(line(0), again))), Fault.KEYS_OUT_OF_ORDER);
    }

    @Test
    void missingNeighboursAreMissed() {
        assertRefused(verify(new CallProof(call(30), proof.lines(), null, proof.after())), Fault.BEFORE_MISSING);
        assertRefused(verify(new CallProof(call(30), proof.lines(), proof.before(), null)), Fault.AFTER_MISSING);
    }

    @Test
    void indexesOutsideOfTheTreeAreRefused() {
        CallProof.Neighbour last = requireNonNull(prove(55).before());

        assertRefused(
                check.verify(
                        new CallProof(call(55), List.of(), last, new CallProof.Neighbour(10, last.leaf(), last.path())),
                        call(55)),
                Fault.INDEX_OUTSIDE);
        assertRefused(
                verify(new CallProof(call(30), proof.lines(), neighbour(-1, proof.before()), proof.after())),
                Fault.INDEX_OUTSIDE);
    }

    @Test
    void neighboursOnTheWrongSideAreOutOfOrder() {
        // leaves 0 and 1, of call 10, are side by side: the gap between 10 and 20 says nothing of call 30
        CallProof elsewhere = prove(15);

        assertRefused(
                verify(new CallProof(call(30), List.of(), elsewhere.before(), elsewhere.after())),
                Fault.KEYS_OUT_OF_ORDER);
        CallProof later = prove(45);
        assertRefused(
                verify(new CallProof(call(30), List.of(), later.before(), later.after())), Fault.KEYS_OUT_OF_ORDER);
        CallProof end = prove(5);
        assertRefused(verify(new CallProof(call(30), List.of(), end.before(), end.after())), Fault.KEYS_OUT_OF_ORDER);
        CallProof begin = prove(55);
        assertRefused(
                verify(new CallProof(call(30), List.of(), begin.before(), begin.after())), Fault.KEYS_OUT_OF_ORDER);
    }

    @Test
    void aNeighbourWithAnotherKeyIsNotInTheTree() {
        CallProof.Neighbour before = requireNonNull(proof.before());
        Leaf renamed = new Leaf(new LineKey(call(21), 0, 1), before.leaf().commitment());

        assertRefused(
                verify(new CallProof(
                        call(30),
                        proof.lines(),
                        new CallProof.Neighbour(before.index(), renamed, before.path()),
                        proof.after())),
                Fault.NOT_IN_TREE);
    }

    @Test
    void linesOfAnotherCallAreRefused() {
        assertRefused(verify(with(prove(20).lines())), Fault.LINE_OF_ANOTHER_CALL);
    }

    @Test
    void aLineWhoseTextIsOfAnotherEntryThanItsKeyIsRefused() {
        CallLine mixed = new CallLine(line(0).line().key(), line(1).line().json());

        assertRefused(
                verify(with(List.of(new CallProof.Line(4, mixed, SALT, line(0).path()), line(1)))), Fault.OTHER_ENTRY);
    }

    @Test
    void aLineThatIsNotCanonicalOrContradictsItselfIsRefused() {
        String json = line(0).line().json();
        for (String bad : List.of(
                " " + json,
                json + "\n",
                "{}",
                "[]",
                "null",
                "",
                json.replace("\"call_id\":\"" + call(30), "\"call_id\":\"" + call(31)),
                json.replace("/0\"", "/00\""),
                json.replace("/0\"", "/0/1\""),
                json.replace("/0\"", "/-1\""),
                json.replace("/0\"", "/0/0\""),
                json.replace("/0\"", "/9999999999\""))) {
            CallLine line = new CallLine(line(0).line().key(), bad);
            assertRefused(
                    verify(with(List.of(new CallProof.Line(4, line, SALT, line(0).path()), line(1)))),
                    Fault.NOT_A_LINE);
        }
    }

    @Test
    void anotherRootAnotherSizeAndAnotherPlaceAreRefused() {
        LeafTree other = tree(List.of(10, 20, 30, 40, 51));

        assertRefused(new CallProofCheck(10, other.root()).verify(proof, call(30)), Fault.NOT_IN_TREE);
        assertRefused(new CallProofCheck(40, tree.root()).verify(prove(10), call(10)), Fault.NOT_IN_TREE);
        assertRefused(new CallProofCheck(11, tree.root()).verify(prove(55), call(55)), Fault.AFTER_MISSING);
        assertRefused(new CallProofCheck(9, tree.root()).verify(prove(50), call(50)), Fault.INDEX_OUTSIDE);
        List<CallProof.Line> moved = proof.lines().stream()
                .map(line -> new CallProof.Line(line.index() + 2, line.line(), line.salt(), line.path()))
                .toList();
        assertRefused(
                verify(new CallProof(call(30), moved, neighbour(5, proof.before()), neighbour(8, proof.after()))),
                Fault.NOT_IN_TREE);
    }

    @Test
    void aSaltThatTakesOverTheBeginOfTheTextIsRefused() {
        byte[] longer = new byte[Hashes.SIZE + 1];

        assertThatThrownBy(() -> new CallProof.Line(4, line(0).line(), longer, line(0).path()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("salt: has 33 bytes, not 32");
    }

    @Test
    void everyFaultIsOneThatThisClassHasSeen() {
        // a new fault needs a test of its own here
        assertThat(Fault.values()).hasSize(13);
    }

    private CallProof.Line line(int which) {
        return proof.lines().get(which);
    }

    private CallProof with(List<CallProof.Line> lines) {
        return new CallProof(call(30), lines, proof.before(), proof.after());
    }

    private static CallProof.Neighbour neighbour(long index, CallProof.@Nullable Neighbour of) {
        CallProof.Neighbour there = requireNonNull(of);
        return new CallProof.Neighbour(index, there.leaf(), there.path());
    }

    private Verdict verify(CallProof altered) {
        return check.verify(altered, call(30));
    }

    private CallProof prove(int call) {
        return tree.prove(call(call), CallProofCheckTest::opened);
    }

    private static void assertRefused(Verdict verdict, Fault fault) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(((Verdict.Refused) verdict).fault())
                .as(((Verdict.Refused) verdict).what())
                .isEqualTo(fault);
    }

    private static LeafTree tree(List<Integer> calls) {
        LeafTree.Builder builder = new LeafTree.Builder();
        List<LineKey> keys = new ArrayList<>();
        calls.forEach(call -> IntStream.of(1, 2).forEach(number -> keys.add(new LineKey(call(call), 0, number))));
        keys.forEach(key -> builder.add(Leaf.of(opened(key).line(), SALT)));
        return builder.build();
    }

    private static LeafTree.Opened opened(LineKey key) {
        String json = "{\"call_id\":\"" + key.callId() + "\",\"entry_id\":\"" + key.entryId() + "\"}";
        return new LeafTree.Opened(CallLine.read(json.getBytes(StandardCharsets.UTF_8)), SALT);
    }

    private static CallId call(int number) {
        return new CallId(new UUID(((long) number << 16) | 0x7000L, 1L << 63));
    }
}
