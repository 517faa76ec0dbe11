package org.callclear.settlement.period;

import java.util.Optional;
import org.callclear.schemas.avro.ClosePeriod;

/** Decides on the command to close a period. */
public final class Closing {
    private Closing() {}

    /** What becomes of the command. */
    public sealed interface Decision {
        /** The period is closed and the next one opened. */
        record Close(Period closes, Period opens) implements Decision {}

        /** This very command has closed its period before; nothing more is to be done. */
        record Repeated(String opened) implements Decision {}

        /** No, and why, for whoever asked. */
        record Refused(String why) implements Decision {}
    }

    /**
     * Decides.
     *
     * @param command the command
     * @param open the open period
     * @param lastCommand id of the command that opened it; empty when none did
     */
    public static Decision decide(ClosePeriod command, Period open, String lastCommand) {
        if (!lastCommand.isEmpty() && lastCommand.equals(command.getCommandId())) {
            return new Decision.Repeated(open.name());
        }
        Optional<Period> asked = Period.parse(command.getPeriod());
        if (asked.isEmpty()) {
            return new Decision.Refused("the period must be yyyy-MM or yyyy-MM-dd");
        }
        if (asked.get().equals(open)) {
            return new Decision.Close(open, open.next());
        }
        return new Decision.Refused(
                asked.get().compareTo(open) < 0
                        ? asked.get() + " is closed already; " + open + " is open"
                        : asked.get() + " is not open yet; " + open + " is open");
    }
}
