package org.callclear.systemtests.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Chance with a seed. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** Both ends included. */
    long between(long least, long most) {
        return least + Math.floorMod(random.nextLong(), most - least + 1);
    }

    /** So many times in ten thousand. */
    boolean chance(int inTenThousand) {
        return random.nextInt(10_000) < inTenThousand;
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    <T> List<T> shuffled(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }

    /** A UUIDv7 of that time. */
    String callId(long millis) {
        long high = (millis << 16) | 0x7000L | random.nextInt(1 << 12);
        return new UUID(high, (random.nextLong() >>> 2) | Long.MIN_VALUE).toString();
    }
}
