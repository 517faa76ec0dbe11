package org.callclear.systemtests.oracle;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What can be odd about a call, and about how many calls in ten thousand it is. */
enum Trait {
    // What a call is: it is at most one of these.
    UNANSWERED(2_000),
    HUNTED(500),
    IMPORTED(300),
    ONE_SIDED(50),
    MISMATCHED(50),
    OVERRUN(20),
    ELSEWHERE(20),
    NO_GRANT(20),
    STRANGER(60),
    OUT_OF_TIME(40),
    TWO_LEGS(40),
    ONE_ANSWERED(10),
    // What comes on top.
    SKEWED(1_000),
    LATE(100),
    CORRECTED(100),
    LATE_GRANT(50),
    DUPLICATED(30),
    RERATED(20),
    CONFLICTING(10),
    AT_MIDNIGHT(60);

    private static final Set<Trait> KINDS = EnumSet.range(UNANSWERED, ONE_ANSWERED);

    private final int inTenThousand;

    Trait(int inTenThousand) {
        this.inTenThousand = inTenThousand;
    }

    int of(int calls) {
        return (int) Math.round(calls * (double) inTenThousand / 10_000);
    }

    /** Deals the traits to so many calls; each to exactly its share of them. */
    static Map<Trait, Set<Integer>> deal(int calls, Dice dice) {
        List<Integer> numbers = IntStream.range(0, calls).boxed().toList();
        Map<Trait, Set<Integer>> dealt = new EnumMap<>(Trait.class);
        List<Integer> deck = dice.shuffled(numbers);
        int next = 0;
        for (Trait trait : values()) {
            if (KINDS.contains(trait)) {
                dealt.put(trait, Set.copyOf(deck.subList(next, next + trait.of(calls))));
                next += trait.of(calls);
            } else {
                dealt.put(trait, Set.copyOf(dice.shuffled(numbers).subList(0, trait.of(calls))));
            }
        }
        return dealt;
    }

    /** The traits of one call. */
    static Set<Trait> of(Map<Trait, Set<Integer>> dealt, int number) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        dealt.forEach((trait, numbers) -> {
            if (numbers.contains(number)) {
                traits.add(trait);
            }
        });
        return traits;
    }
}
