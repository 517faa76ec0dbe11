package org.callclear.gateways.gate;

import java.util.concurrent.atomic.AtomicInteger;

/** The channels of a gateway: how many calls it may hold. Safe for many threads; the count is exact. */
public final class Channels {
    private final int all;
    private final AtomicInteger taken = new AtomicInteger();

    /** @param all how many there are, at least 1 */
    public Channels(int all) {
        if (all < 1) {
            throw new IllegalArgumentException("channels " + all + ": must be at least 1");
        }
        this.all = all;
    }

    /** Takes a channel if one is free. */
    public boolean take() {
        return taken.getAndUpdate(n -> n < all ? n + 1 : n) < all;
    }

    /**
     * Gives back a channel that was taken.
     *
     * @throws IllegalStateException when none is: someone gives back twice
     */
    public void giveBack() {
        if (taken.getAndUpdate(n -> n > 0 ? n - 1 : n) == 0) {
            throw new IllegalStateException("a channel was given back that nobody had taken");
        }
    }

    /** How many are taken. */
    public int taken() {
        return taken.get();
    }

    /** How many are free. */
    public int free() {
        return all - taken.get();
    }
}
