package org.callclear.app.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.call.E164Number;

/**
 * A call of the demo. The simulated PSTN does what the last two digits of a number ask for.
 *
 * @param called whom to call
 * @param talk how long to talk; without meaning when it is not to be answered
 * @param ending what is to become of it
 */
record PlannedCall(E164Number called, Duration talk, Ending ending) {
    /** What becomes of a call. */
    enum Ending {
        ANSWERED,
        BUSY,
        RINGS_OUT,
        REFUSED,
        BLOCKED_DESTINATION
    }

    private static final List<String> AREAS = List.of("493055", "331455", "442075", "491512", "121255");
    private static final int BUSY_DIGITS = 91;
    private static final int NO_ANSWER_DIGITS = 92;
    private static final int REFUSING_DIGITS = 93;
    private static final int ANSWERING = 90;
    private static final long SHORTEST_TALK = 1000;
    private static final long TALK_STEP = 370;
    private static final int TALKS = 6;
    private static final int ROUND = 10;

    /** So many calls: of ten, six are answered, and one each is busy, rings out, is refused or goes where none may go. */
    static List<PlannedCall> plan(int calls) {
        List<PlannedCall> plan = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            plan.add(plan(i, ending(i % ROUND)));
        }
        return plan;
    }

    private static Ending ending(int place) {
        return switch (place) {
            case 3 -> Ending.BUSY;
            case 5 -> Ending.RINGS_OUT;
            case 7 -> Ending.REFUSED;
            case 9 -> Ending.BLOCKED_DESTINATION;
            default -> Ending.ANSWERED;
        };
    }

    private static PlannedCall plan(int index, Ending ending) {
        int lastTwo = switch (ending) {
            case BUSY -> BUSY_DIGITS;
            case RINGS_OUT -> NO_ANSWER_DIGITS;
            case REFUSED -> REFUSING_DIGITS;
            case ANSWERED, BLOCKED_DESTINATION -> index % ANSWERING;
        };
        String area = ending == Ending.BLOCKED_DESTINATION ? "447055" : AREAS.get(index % AREAS.size());
        return new PlannedCall(
                new E164Number("%s%03d%02d".formatted(area, index % 1000, lastTwo)),
                Duration.ofMillis(SHORTEST_TALK + index % TALKS * TALK_STEP),
                ending);
    }
}
