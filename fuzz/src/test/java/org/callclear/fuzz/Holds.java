package org.callclear.fuzz;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What must hold, checked without any work while it does: a target runs thousands of times a second. */
public final class Holds {
    private Holds() {}

    /** @throws AssertionError when it does not hold */
    public static void that(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** The same, where the words have to be made. */
    public static void that(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(what.get());
        }
    }

    /** @throws AssertionError when two things that should be the same are not */
    public static void same(@Nullable Object expected, @Nullable Object found, String what) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError(what + ": <" + expected + "> became <" + found + ">");
        }
    }
}
