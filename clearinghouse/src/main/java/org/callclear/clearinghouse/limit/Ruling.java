package org.callclear.clearinghouse.limit;

import java.util.List;

/**
 * What the limits say of a call.
 *
 * @param refusals limits that refuse it; empty when it may go on
 * @param warnings limits that it goes beyond and that only warn
 */
public record Ruling(List<Strike> refusals, List<Strike> warnings) {
    /** Nothing to say. */
    static final Ruling WITHIN = new Ruling(List.of(), List.of());

    public Ruling {
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }
}
