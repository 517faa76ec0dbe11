package org.callclear.app.command;

import org.callclear.schemas.call.CallId;
import org.callclear.settlement.evidence.SealedStatement;

/** How evidence is told. */
final class EvidenceText {
    private EvidenceText() {}

    /** What a statement has of a call. */
    static String linesOf(CallId call, int lines) {
        return switch (lines) {
            case 0 -> "no line";
            case 1 -> "the one line";
            default -> "all " + lines + " lines";
        }
                + " of call " + call;
    }

    static String of(SealedStatement statement) {
        return "statement " + statement.id() + " of " + statement.carrier() + " for " + statement.period();
    }
}
