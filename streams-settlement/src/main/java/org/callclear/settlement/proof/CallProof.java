package org.callclear.settlement.proof;

import java.util.List;
import org.callclear.schemas.call.CallId;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a statement says of one call: every line of it, or that there is none. The lines stand side by side in the
 * sorted tree, so the leaves on both sides of them show that nothing was left out; of those two it has the key and the
 * commitment and no more. It claims; whether it is true is for {@link CallProofCheck} to say.
 *
 * @param call the call it is about
 * @param lines in the order of their leaves; none when the call is not in the statement
 * @param before the leaf before the lines, or before where they would stand; null at the tree's begin
 * @param after the leaf after them; null at the tree's end
 */
public record CallProof(
        CallId call,
        List<Line> lines,
        @Nullable Neighbour before,
        @Nullable Neighbour after) {
    /** Keeps the lines as they are. */
    public CallProof {
        lines = List.copyOf(lines);
    }

    /**
     * A line of the call.
     *
     * @param index of its leaf, from 0
     * @param salt of the line, 32 bytes
     * @param path the siblings on the way to the root, lowest first, 32 bytes each
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Line(long index, CallLine line, byte[] salt, List<byte[]> path) {
        /** @throws IllegalArgumentException when salt or path are not as long as they must be */
        public Line {
            require("salt", salt);
            path = checked(path);
        }

        /** Its leaf. */
        public Leaf leaf() {
            return Leaf.of(line, salt);
        }
    }

    /**
     * A leaf beside them.
     *
     * @param index of the leaf, from 0
     * @param path the siblings on the way to the root, lowest first, 32 bytes each
     */
    public record Neighbour(long index, Leaf leaf, List<byte[]> path) {
        /** @throws IllegalArgumentException when commitment or path are not as long as they must be */
        public Neighbour {
            require("commitment", leaf.commitment());
            path = checked(path);
        }
    }

    private static List<byte[]> checked(List<byte[]> path) {
        path.forEach(sibling -> require("path", sibling));
        return List.copyOf(path);
    }

    /** A longer salt could take over the begin of what is hashed after it. */
    private static void require(String what, byte[] bytes) {
        if (bytes.length != Hashes.SIZE) {
            throw new IllegalArgumentException(what + ": has " + bytes.length + " bytes, not " + Hashes.SIZE);
        }
    }
}
