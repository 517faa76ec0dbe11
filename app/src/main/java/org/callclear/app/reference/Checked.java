package org.callclear.app.reference;

import java.util.List;

/** What reading a file came to: all of it, or all that is wrong with it. */
public sealed interface Checked<T> {
    /** The file is whole. */
    record Good<T>(T value) implements Checked<T> {}

    /** The file has faults, in the order of its lines; nothing of it is to be used. */
    record Bad<T>(List<Fault> faults) implements Checked<T> {
        public Bad {
            faults = List.copyOf(faults);
        }
    }

    /** The value when there are no faults. */
    static <T> Checked<T> of(T value, List<Fault> faults) {
        return faults.isEmpty()
                ? new Good<>(value)
                : new Bad<>(faults.stream()
                        .sorted(java.util.Comparator.comparingLong(Fault::line))
                        .toList());
    }
}
