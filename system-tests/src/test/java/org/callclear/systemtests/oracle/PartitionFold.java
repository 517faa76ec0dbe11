package org.callclear.systemtests.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.ResolveDispute;

/**
 * Reads one partition of a journal from its first record to its last. A record first moves log time; what has waited long
 * enough by then is given up; then the record itself counts. So what is due at a barrier's instant is posted before it.
 */
final class PartitionFold {
    /** A period that a barrier ended, with the offsets that it holds: the first inclusive, the last exclusive. */
    record Closing(PeriodBarrier barrier, PlainCalendar calendar, LocalDate period, long from, long to) {}

    /** The closings in the order of their barriers. */
    final List<Closing> closings = new ArrayList<>();

    /** The calls by id. */
    final Map<String, PlainCall> calls = new TreeMap<>();

    private final Ledger ledger;
    private final long delayWhenUnsaid;
    private final Map<PlainCalendar, LocalDate> open = new HashMap<>();
    private final Map<PlainCalendar, Long> openSince = new HashMap<>();
    private final Map<String, Long> waiting = new HashMap<>();
    private long logSeconds = Long.MIN_VALUE;
    private long nextOffset;

    PartitionFold(Ledger ledger, long delayWhenUnsaid) {
        this.ledger = ledger;
        this.delayWhenUnsaid = delayWhenUnsaid;
    }

    void read(SpecificRecord item) {
        long offset = nextOffset++;
        if (!isAsked(item)) {
            advance(Math.floorDiv(Journal.instant(item).toEpochMilli(), 1000L));
        }
        if (item instanceof PeriodBarrier barrier) {
            barrier(barrier, offset);
            return;
        }
        String id = Objects.requireNonNull(Journal.callId(item));
        PlainCall call = calls.computeIfAbsent(id, any -> new PlainCall(delayWhenUnsaid));
        apply(call, item);
        settle(id, call);
    }

    /** What people ask for does not move log time. */
    private static boolean isAsked(SpecificRecord item) {
        return item instanceof RerateCall || item instanceof ResolveDispute;
    }

    private static void apply(PlainCall call, SpecificRecord item) {
        switch (item) {
            case Grant grant -> call.grant(grant);
            case AcceptedCdr report -> call.report(report);
            case RerateCall command -> call.rerate(command);
            case ResolveDispute command -> call.resolve(command);
            default -> throw new IllegalArgumentException("no such record: " + item.getClass());
        }
    }

    private void advance(long seconds) {
        if (seconds <= logSeconds) {
            return;
        }
        logSeconds = seconds;
        List<String> due = waiting.entrySet().stream()
                .filter(wait -> wait.getValue() <= logSeconds)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        due.forEach(id -> settle(id, Objects.requireNonNull(calls.get(id))));
    }

    private void barrier(PeriodBarrier barrier, long offset) {
        PlainCalendar calendar = PlainCalendar.of(barrier);
        if (barrier.getCloses() != null) {
            LocalDate closed = calendar.named(barrier.getCloses());
            closings.add(new Closing(barrier, calendar, closed, openSince.getOrDefault(calendar, 0L), offset));
            openSince.put(calendar, offset + 1);
        }
        open.put(calendar, calendar.named(barrier.getOpens()));
    }

    private void settle(String id, PlainCall call) {
        call.judge(logSeconds);
        for (Map.Entry<Integer, PlainLeg> entry : call.legs.entrySet()) {
            PlainLeg leg = entry.getValue();
            String attempt = id + "/" + entry.getKey();
            PlainEntry due = leg.due();
            if (Objects.equals(due, leg.entry)) {
                continue;
            }
            if (leg.entry != null) {
                ledger.post(attempt, leg.entry, -1, open);
            }
            if (due != null) {
                ledger.post(attempt, due, 1, open);
            }
            leg.entry = due;
        }
        Long next = call.nextGivingUp();
        if (next == null) {
            waiting.remove(id);
        } else {
            waiting.put(id, next);
        }
    }

    /** Where log time stands, seconds since 1970. */
    Instant logTime() {
        return Instant.ofEpochSecond(logSeconds);
    }
}
