package org.callclear.settlement.period;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.call.PartyName;

/** Decides on the command to close a period, in every zone where it is open or in one. */
public final class Closing {
    private static final char AT = '@';

    private Closing() {}

    /** What becomes of the command. */
    public sealed interface Decision {
        /** These periods, each of another calendar, are closed and the next ones opened: all of them or none. */
        record Close(List<Period> closes) implements Decision {}

        /** This very command has closed its periods before; nothing more is to be done. */
        record Repeated(List<Period> opened) implements Decision {}

        /** No, and why, for whoever asked. */
        record Refused(String why) implements Decision {}
    }

    private record Asked(PeriodName name, String zone) {
        boolean isIn(Calendar calendar) {
            return calendar.length() == name.length()
                    && (zone.isEmpty() || calendar.zone().getId().equals(zone));
        }

        boolean isBefore(Opening opening) {
            return name.firstDay().isBefore(opening.period().start());
        }

        /** Whether a close of this one opened that one. */
        boolean wasClosedFor(Opening opening) {
            return !isFirst(opening)
                    && new Period(opening.period().calendar(), name.firstDay())
                            .next()
                            .equals(opening.period());
        }
    }

    /**
     * Decides.
     *
     * @param command the command
     * @param open the open periods, one for each calendar
     * @param now by the clock of whoever decides: a period that is not over then is closed only on demand
     */
    public static Decision decide(ClosePeriod command, Collection<Opening> open, Instant now) {
        List<Period> repeated = open.stream()
                .filter(opening ->
                        !opening.commandId().isEmpty() && opening.commandId().equals(command.getCommandId()))
                .map(Opening::period)
                .sorted()
                .toList();
        if (!repeated.isEmpty()) {
            return new Decision.Repeated(repeated);
        }
        Optional<Asked> asked = asked(command);
        return asked.isEmpty()
                ? new Decision.Refused("the period must be " + PeriodName.FORMS
                        + ", alone, with a zone after @, or with the zone beside it")
                : decide(asked.get(), command.getEarly(), open, now);
    }

    /** A name, or an id whose zone the command does not contradict. */
    private static Optional<Asked> asked(ClosePeriod command) {
        String text = command.getPeriod();
        int at = text.indexOf(AT);
        String zone = at < 0 ? command.getZone() : text.substring(at + 1);
        boolean contradicts = !command.getZone().isEmpty() && !zone.equals(command.getZone());
        return contradicts || (at >= 0 && zone.isEmpty())
                ? Optional.empty()
                : PeriodName.parse(at < 0 ? text : text.substring(0, at)).map(name -> new Asked(name, zone));
    }

    private static Decision decide(Asked asked, boolean early, Collection<Opening> open, Instant now) {
        List<Opening> candidates = open.stream()
                .filter(opening -> asked.isIn(opening.period().calendar()))
                .toList();
        List<Period> closes = candidates.stream()
                .map(Opening::period)
                .sorted()
                .filter(period -> period.start().equals(asked.name().firstDay()))
                .toList();
        if (closes.isEmpty()) {
            return new Decision.Refused(notOpen(asked, candidates) + "; " + openOnes(open));
        }
        List<Period> running =
                closes.stream().filter(period -> now.isBefore(period.end())).toList();
        return running.isEmpty() || early ? new Decision.Close(closes) : new Decision.Refused(tooEarly(running));
    }

    /** Only what is open is known, and whether a close opened it: of what was before the one just closed nobody can tell. */
    private static String notOpen(Asked asked, List<Opening> candidates) {
        String what = asked.name() + (asked.zone().isEmpty() ? "" : " in zone " + PartyName.shown(asked.zone()));
        if (candidates.isEmpty() || !candidates.stream().allMatch(asked::isBefore)) {
            return what + " is not open";
        }
        if (candidates.stream().allMatch(asked::wasClosedFor)) {
            return what + " is closed already";
        }
        return what
                + (candidates.stream().allMatch(Closing::isFirst)
                        ? " was never open here; what belongs to it stands in the open one"
                        : " is not open any more, or never was");
    }

    /** Whether it is the first period of its calendar. */
    private static boolean isFirst(Opening opening) {
        return opening.commandId().isEmpty();
    }

    private static String tooEarly(List<Period> running) {
        return running.stream()
                        .map(period -> period + " is not over before " + period.end())
                        .collect(Collectors.joining(", "))
                + "; it is closed sooner only on demand (period close --early)";
    }

    private static String openOnes(Collection<Opening> open) {
        List<Period> periods = open.stream()
                .map(Opening::period)
                .sorted(Comparator.naturalOrder())
                .toList();
        return listed(periods) + (periods.size() == 1 ? " is open" : " are open");
    }

    /** Periods by their ids, for messages. */
    public static String listed(List<Period> periods) {
        return periods.stream().map(Period::id).collect(Collectors.joining(", "));
    }
}
