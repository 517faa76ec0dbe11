package org.callclear.systemtests.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.PeriodBarrier;

/** Other orders of a journal's records. Each record stays between the two barriers that it stood between. */
final class Orders {
    private Orders() {}

    /** Between barriers every record may stand anywhere; only calls that must keep their own order do. */
    static List<SpecificRecord> anyBetweenBarriers(MadeUpJournal journal, Dice dice) {
        List<SpecificRecord> order = new ArrayList<>();
        for (List<SpecificRecord> interval : intervals(journal.records())) {
            List<SpecificRecord> shuffled = new ArrayList<>(dice.shuffled(interval));
            restore(shuffled, interval, journal);
            order.addAll(shuffled);
        }
        return order;
    }

    /** Between barriers the records of each call change places among themselves. */
    static List<SpecificRecord> anyWithinCalls(MadeUpJournal journal, Dice dice) {
        List<SpecificRecord> order = new ArrayList<>();
        for (List<SpecificRecord> interval : intervals(journal.records())) {
            Map<String, Iterator<SpecificRecord>> calls = new HashMap<>();
            byCall(interval)
                    .forEach((call, records) -> calls.put(
                            call,
                            (journal.keptInOrder().contains(call) ? records : dice.shuffled(records)).iterator()));
            interval.forEach(record -> order.add(next(calls, record)));
        }
        return order;
    }

    private static SpecificRecord next(Map<String, Iterator<SpecificRecord>> calls, SpecificRecord slot) {
        String call = Journal.callId(slot);
        return call == null ? slot : Objects.requireNonNull(calls.get(call)).next();
    }

    private static void restore(List<SpecificRecord> shuffled, List<SpecificRecord> interval, MadeUpJournal journal) {
        Map<String, Iterator<SpecificRecord>> kept = new HashMap<>();
        byCall(interval).forEach((call, records) -> {
            if (journal.keptInOrder().contains(call)) {
                kept.put(call, records.iterator());
            }
        });
        shuffled.replaceAll(record -> {
            Iterator<SpecificRecord> own = kept.get(Objects.requireNonNullElse(Journal.callId(record), ""));
            return own == null ? record : own.next();
        });
    }

    private static Map<String, List<SpecificRecord>> byCall(List<SpecificRecord> records) {
        Map<String, List<SpecificRecord>> calls = new HashMap<>();
        for (SpecificRecord record : records) {
            String call = Journal.callId(record);
            if (call != null) {
                calls.computeIfAbsent(call, any -> new ArrayList<>()).add(record);
            }
        }
        return calls;
    }

    /** What stands between barriers; each barrier is an interval of its own. */
    private static List<List<SpecificRecord>> intervals(List<SpecificRecord> records) {
        List<List<SpecificRecord>> intervals = new ArrayList<>();
        List<SpecificRecord> current = new ArrayList<>();
        for (SpecificRecord record : records) {
            if (record instanceof PeriodBarrier) {
                intervals.add(current);
                intervals.add(List.of(record));
                current = new ArrayList<>();
            } else {
                current.add(record);
            }
        }
        intervals.add(current);
        return intervals;
    }
}
