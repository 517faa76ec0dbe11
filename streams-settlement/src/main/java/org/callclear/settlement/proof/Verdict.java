package org.callclear.settlement.proof;

/** What comes of looking at a proof. */
public sealed interface Verdict {
    /**
     * The statement has these lines of the call, and no other.
     *
     * @param lines at least one
     */
    record Present(int lines) implements Verdict {}

    /** The statement has no line of the call. */
    record Absent() implements Verdict {}

    /**
     * Nothing is shown.
     *
     * @param what the place in the proof and what is wrong there
     */
    record Refused(Fault fault, String what) implements Verdict {}

    /** Why a proof shows nothing. */
    enum Fault {
        /** It is about another call than the one asked about. */
        OTHER_CALL,
        /** The statement has no lines at all, and a leaf is shown. */
        LEAF_OF_EMPTY_TREE,
        /** The tree has no leaves, and its root is not that of no leaves. */
        ROOT_OF_EMPTY_TREE,
        /** An index is not one of the tree's. */
        INDEX_OUTSIDE,
        /** Leaves are not side by side in the tree: something between them is not shown, or one is shown twice. */
        NOT_ADJACENT,
        /** Nothing is shown before the first leaf, and it is not the tree's first. */
        BEFORE_MISSING,
        /** Nothing is shown after the last leaf, and it is not the tree's last. */
        AFTER_MISSING,
        /** A line is not canonical JSON with the id of an entry and its call. */
        NOT_A_LINE,
        /** A line's JSON is of another entry than its key. */
        OTHER_ENTRY,
        /** A line is of another call than the proof. */
        LINE_OF_ANOTHER_CALL,
        /** A neighbour is of the call itself: a line of it is not shown. */
        LINE_HELD_BACK,
        /** The keys do not ascend. */
        KEYS_OUT_OF_ORDER,
        /** A leaf's path does not lead to the statement's root. */
        NOT_IN_TREE
    }
}
