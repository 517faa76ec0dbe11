package org.callclear.systemtests.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.systemtests.oracle.MadeUpCall.Carrier;
import org.callclear.systemtests.oracle.MadeUpCall.Timed;

/**
 * The records of a made-up world in the order of their time.
 *
 * @param records grants, reports, commands and barriers
 * @param keptInOrder calls whose records mean something else in another order: those with commands or conflicts
 * @param traits what is odd about which call, by its number
 */
record MadeUpJournal(List<SpecificRecord> records, Set<String> keptInOrder, Map<Trait, Set<Integer>> traits) {
    /** Seconds that a lone report waits where its agreement says 0. */
    static final long DELAY_WHEN_UNSAID = 86_400;

    static final Instant START = Instant.parse("2026-10-10T00:00:00Z");
    static final Instant END = Instant.parse("2026-11-20T00:00:00Z");

    private static final List<Long> WHOLE_DAYS = List.of(0L, 86_400L, 2 * 86_400L, 3 * 86_400L, 5 * 86_400L);
    private static final List<Long> ANY_DELAYS = List.of(0L, 300L, 7_201L, 100_000L, 300_000L);
    private static final List<String> NAMES = List.of(
            "acme", "zenith", "lumen", "boreal", "cobalt", "delta", "ember", "fjord", "garnet", "harbor", "iris",
            "juno");

    /**
     * Makes a world up.
     *
     * @param aligned whether all barriers stand at noon and all delays are whole days: then what is given up before which
     *     barrier does not depend on the order of the records between two barriers
     */
    static MadeUpJournal of(long seed, int calls, boolean aligned) {
        AvroTrust.establish();
        Dice dice = new Dice(seed);
        List<Carrier> carriers = carriers(aligned ? WHOLE_DAYS : ANY_DELAYS, dice);
        List<Timed> timed = new ArrayList<>(MadeUpBarriers.of(carriers, aligned, dice));
        Set<Long> barriers = new HashSet<>();
        timed.forEach(barrier -> barriers.add(barrier.at()));
        Set<String> keptInOrder = new HashSet<>();
        Map<Trait, Set<Integer>> traits = Trait.deal(calls, dice);
        for (int i = 0; i < calls; i++) {
            MadeUpCall call = call(carriers, Trait.of(traits, i), barriers, dice);
            timed.addAll(call.records);
            if (call.keepsOrder) {
                keptInOrder.add(call.id);
            }
        }
        timed.sort(Comparator.comparingLong(Timed::at));
        return new MadeUpJournal(timed.stream().map(Timed::item).toList(), keptInOrder, traits);
    }

    private static List<Carrier> carriers(List<Long> delays, Dice dice) {
        List<Carrier> carriers = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            carriers.add(new Carrier(
                    name,
                    new MadeUpContract(name + "-out", MadeUpBarriers.CALENDARS.get(i % 4), delays, dice),
                    new MadeUpContract(name + "-in", MadeUpBarriers.CALENDARS.get((i / 3) % 4), delays, dice)));
        }
        return carriers;
    }

    private static MadeUpCall call(List<Carrier> carriers, Set<Trait> traits, Set<Long> barriers, Dice dice) {
        List<Carrier> some = dice.shuffled(carriers);
        int routes = (int) dice.between(2, 3);
        boolean hunts = traits.contains(Trait.HUNTED) || traits.contains(Trait.TWO_LEGS);
        boolean one = !hunts && dice.chance(5_000);
        long setup = dice.between(START.toEpochMilli(), END.toEpochMilli());
        if (traits.contains(Trait.AT_MIDNIGHT)) {
            setup = midnight(setup, dice);
        }
        MadeUpCall call = new MadeUpCall(
                away(setup, barriers),
                some.getFirst(),
                some.subList(1, 1 + (one ? 1 : routes)),
                some.subList(some.size() - 2, some.size()),
                dice,
                barriers);
        new MadeUpStory(call, traits, dice).tell();
        return call;
    }

    /** The first instant of the next period of one of the calendars, or of the next day when that is too far. */
    private static long midnight(long instant, Dice dice) {
        PlainCalendar calendar = dice.pick(MadeUpBarriers.CALENDARS);
        LocalDate day = calendar.dayOf(Instant.ofEpochMilli(instant));
        Instant next = calendar.begin(calendar.next(calendar.periodOf(day)));
        return (next.isBefore(END) ? next : calendar.begin(day.plusDays(1))).toEpochMilli();
    }

    /** Log time is in whole seconds: a record in the second of a barrier would stand on neither side of it. */
    static long away(long at, Set<Long> barriers) {
        return barriers.contains(at - at % 1000) ? at + 1000 : at;
    }
}
