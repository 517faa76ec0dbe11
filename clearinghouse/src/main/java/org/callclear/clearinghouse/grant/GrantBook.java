package org.callclear.clearinghouse.grant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.callclear.schemas.call.CallId;
import org.jspecify.annotations.Nullable;

/**
 * What was decided lately, by call. It is the memory that makes a repeated request get the same answer, and another
 * request of the same call none. Bounded by time and by number. Used by one thread; any may ask {@link #evicted}.
 */
public final class GrantBook {
    private final int most;
    private final Map<CallId, Remembered> byCall = new HashMap<>();
    private final PriorityQueue<Remembered> byEnd =
            new PriorityQueue<>(Comparator.comparing(Remembered::until).thenComparing(Remembered::callId));
    private final LongAdder evicted = new LongAdder();

    /** @param most how many calls it remembers; when there are more, the one that ends first is forgotten early */
    public GrantBook(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most " + most + ": must be at least 1");
        }
        this.most = most;
    }

    /** What is known of a call. */
    public Optional<Remembered> find(CallId callId) {
        return Optional.ofNullable(byCall.get(callId));
    }

    /** Remembers a decision, in the place of an earlier one on the same call. */
    public void put(Remembered decided) {
        Remembered before = byCall.put(decided.callId(), decided);
        if (before != null) {
            byEnd.remove(before);
        }
        byEnd.add(decided);
        if (byCall.size() > most) {
            evicted.increment();
            forgetFirst();
        }
    }

    /** Forgets what has ended. */
    public void forgetBefore(Instant now) {
        for (Remembered first = byEnd.peek(); first != null && first.until().isBefore(now); first = byEnd.peek()) {
            forgetFirst();
        }
    }

    /** Forgets the calls that the test picks. */
    public void forgetIf(Predicate<CallId> picked) {
        List<Remembered> gone = new ArrayList<>();
        byCall.values().stream().filter(one -> picked.test(one.callId())).forEach(gone::add);
        gone.forEach(one -> byCall.remove(one.callId()));
        byEnd.removeIf(one -> picked.test(one.callId()));
    }

    /** How many calls it remembers. */
    public int size() {
        return byCall.size();
    }

    /** How many it had to forget early. */
    public long evicted() {
        return evicted.sum();
    }

    private void forgetFirst() {
        @Nullable Remembered first = byEnd.poll();
        if (first != null) {
            byCall.remove(first.callId());
        }
    }
}
