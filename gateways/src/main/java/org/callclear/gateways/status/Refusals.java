package org.callclear.gateways.status;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.callclear.schemas.avro.SetupRefusal;

/** How many set-ups were refused since the start, by reason. Safe for many threads. */
public final class Refusals {
    private final Map<SetupRefusal, LongAdder> counts = new ConcurrentHashMap<>();

    /** One more. */
    public void count(SetupRefusal refusal) {
        counts.computeIfAbsent(refusal, reason -> new LongAdder()).increment();
    }

    /** How many there were for a reason. */
    public long of(SetupRefusal refusal) {
        LongAdder count = counts.get(refusal);
        return count == null ? 0 : count.sum();
    }

    /** The counts by the reason's name; reasons that never came up are left out. */
    public Map<String, Long> byName() {
        Map<String, Long> names = new TreeMap<>();
        counts.forEach((reason, count) -> names.put(reason.name(), count.sum()));
        return names;
    }
}
