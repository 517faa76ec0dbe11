package org.callclear.sip.transport;

import java.util.HashMap;
import java.util.Map;

/**
 * Who holds how much of something that there is only so much of. One may take more while what is left is more than what
 * he has: however many are greedy, they leave as much as each of them got (the dynamic threshold of Choudhury and Hahne,
 * 1998). Whoever holds nothing is not remembered. On the loop only.
 *
 * @param <K> who
 */
public final class Shares<K> {
    private final long all;
    private final long each;
    private final Map<K, Long> held = new HashMap<>();
    private long inAll;

    /**
     * @param all how much there is
     * @param each the most that one may have, however much is left
     */
    public Shares(long all, long each) {
        this.all = all;
        this.each = each;
    }

    /** Whether one more than he holds is within his share. */
    public boolean mayTake(K who) {
        return mayTake(who, 1);
    }

    /** Whether so much more than he holds is within his share. */
    public boolean mayTake(K who, long more) {
        return isWithin(held(who) + more, all - inAll);
    }

    private boolean isWithin(long wanted, long left) {
        return wanted <= each && wanted <= left;
    }

    /** Whether what he holds, already taken, is within his share. */
    public boolean isFair(K who) {
        return isWithin(held(who), all - inAll);
    }

    /** Takes, or, by less than nothing, gives back; asks no leave. */
    public void take(K who, long more) {
        inAll += more;
        long now = held(who) + more;
        if (now == 0) {
            held.remove(who);
        } else {
            held.put(who, now);
        }
    }

    /** What he holds. */
    public long held(K who) {
        return held.getOrDefault(who, 0L);
    }

    /** What all hold. */
    public long inAll() {
        return inAll;
    }

    /** How many hold something. */
    public int holders() {
        return held.size();
    }
}
