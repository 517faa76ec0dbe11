package org.callclear.app.command;

import org.callclear.app.logview.Numbers;
import org.callclear.schemas.avro.CommandOutcome;

/** What settlement answers to a command, for people: it may quote what they wrote. */
final class OutcomeDetail {
    private OutcomeDetail() {}

    static String of(CommandOutcome outcome) {
        return Numbers.MASKED.showText(outcome.getDetail());
    }
}
