package org.callclear.clearinghouse.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.limit.LimitRule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Histories drawn by lot: calls, reports, time that passes, limits that change, and three books: one of the instance that
 * decides, one of another instance that only reads the journal, and one that is started anew now and then. All three say what
 * the plain list says.
 */
class LimitsAgainstNaiveTest {
    private static final long SEED = Long.getLong("callclear.seed", System.nanoTime());
    private static final int HISTORIES = 150;
    private static final int STEPS = 300;
    private static final List<String> CARRIERS = List.of("acme", "lumen");
    private static final List<String> NUMBERS = List.of("5352000000", "5399000000", "442079460000");
    private static final List<String> PREFIXES = List.of("*", "53", "5352", "44");

    private final Random random = new Random(SEED);
    private Instant now = Instant.EPOCH;
    private NaiveLimits naive = new NaiveLimits();
    private Limits limits = Limits.NONE;
    private LimitBook deciding = book();
    private LimitBook reading = book();
    private LimitBook restarted = book();
    private final List<Consumer<LimitBook>> journal = new ArrayList<>();
    private final Map<NaiveLimits.Call, NewCall> open = new LinkedHashMap<>();
    private int refused;
    private int granted;

    private static LimitBook book() {
        return new LimitBook(Calls.OVER_WITHIN, 100_000);
    }

    @Test
    void everyBookSaysWhatThePlainListSays() {
        for (int history = 0; history < HISTORIES; history++) {
            begin();
            for (int step = 0; step < STEPS; step++) {
                happen("seed " + SEED + " history " + history + " step " + step);
            }
        }
        assertThat(granted).as("not all is refused").isGreaterThan(HISTORIES * STEPS / 20);
        assertThat(refused).as("not all is granted").isGreaterThan(HISTORIES * STEPS / 20);
    }

    private void begin() {
        now = Instant.ofEpochMilli(1_790_000_000_000L + random.nextInt(120_000));
        naive = new NaiveLimits();
        journal.clear();
        open.clear();
        deciding = book();
        reading = book();
        restarted = book();
        change();
    }

    private void happen(String where) {
        switch (random.nextInt(20)) {
            case 0 -> change();
            case 1, 2, 3, 4, 5 -> pass();
            case 6, 7, 8 -> report();
            case 9 -> restart();
            default -> call(where);
        }
    }

    private void pass() {
        long millis = switch (random.nextInt(6)) {
            case 0 -> 1000 - now.toEpochMilli() % 1000;
            case 1 -> 60_000 - now.toEpochMilli() % 60_000;
            case 2 -> random.nextInt(1100);
            case 3 -> random.nextInt(61_000);
            case 4 -> random.nextInt(20 * 60_000);
            default -> random.nextInt(10) == 0 ? random.nextInt(4 * 3_600_000) : 999;
        };
        now = now.plusMillis(millis);
    }

    private void change() {
        List<CallLimit> fresh = new ArrayList<>();
        for (String carrier : List.of("acme", "*")) {
            for (String prefix : PREFIXES) {
                if (random.nextBoolean()) {
                    fresh.add(Calls.limit(carrier, prefix, maybe(4), maybe(12), money()));
                }
            }
        }
        naive.limits = fresh;
        limits = new Limits(fresh.stream().map(LimitRule::of).toList());
    }

    private @Nullable Integer maybe(int most) {
        return random.nextInt(3) == 0 ? 1 + random.nextInt(most) : null;
    }

    private @Nullable String money() {
        return random.nextInt(3) == 0 ? (1 + random.nextInt(400)) + ".5" : null;
    }

    private void call(String where) {
        int cents = 1 + random.nextInt(200);
        String rate = cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100;
        NewCall call = Calls.call(now, any(CARRIERS), any(NUMBERS), rate);
        NaiveLimits.Call plain =
                new NaiveLimits.Call(call.carrier().value(), call.called().digits(), now.toEpochMilli(), cents);
        List<String> expected = naive.refusals(plain, now.toEpochMilli());

        assertThat(said(deciding, call)).as(where).isEqualTo(expected);
        for (LimitBook other : List.of(reading, restarted)) {
            assertThat(said(other, call)).as(where).isEqualTo(expected);
            other.withdraw(call, limits, now);
        }
        if (expected.isEmpty()) {
            granted++;
            naive.calls.add(plain);
            open.put(plain, call);
            Grant grant = Calls.grant(call, now);
            write(book -> book.granted(grant, limits, now));
        } else {
            refused++;
        }
    }

    private List<String> said(LimitBook book, NewCall call) {
        return book.admit(call, limits, now).refusals().stream()
                .map(strike -> strike.rule().key() + " " + strike.reason())
                .sorted()
                .toList();
    }

    private void report() {
        if (open.isEmpty()) {
            return;
        }
        NaiveLimits.Call plain = any(new ArrayList<>(open.keySet()));
        if (plain.isForgotten(now.toEpochMilli())) {
            open.remove(plain);
            return;
        }
        NewCall call = java.util.Objects.requireNonNull(open.get(plain));
        NaiveLimits.Report told = random.nextInt(4) == 0 && !plain.reports.isEmpty()
                ? other(any(plain.reports))
                : anyReport(plain, random.nextInt(3) == 0);
        plain.reports.add(told);
        AcceptedCdr report = Calls.answered(
                call.id().toString(),
                plain.carrier,
                told.originating() ? Role.ORIGINATING : Role.TERMINATING,
                told.originating() ? plain.carrier : call.terminating().get(told.leg() - 1),
                told.leg(),
                Instant.ofEpochMilli(told.from()),
                Instant.ofEpochMilli(told.to()));
        write(book -> book.reported(report, limits, now));
    }

    /** A talk that the call can have had. */
    private NaiveLimits.Report anyReport(NaiveLimits.Call plain, boolean originating) {
        long latest = Math.min(now.toEpochMilli(), plain.lapse());
        long from = plain.at + random.nextLong(latest - plain.at + 1);
        long to = from + random.nextLong(latest - from + 1);
        return new NaiveLimits.Report(1 + random.nextInt(2), originating, from, to, plain.cents);
    }

    /** The same again, or as the other side tells it. */
    private NaiveLimits.Report other(NaiveLimits.Report told) {
        return new NaiveLimits.Report(told.leg(), random.nextBoolean(), told.from(), told.to(), told.cents());
    }

    private void write(Consumer<LimitBook> record) {
        journal.add(record);
        for (LimitBook book : List.of(deciding, reading, restarted)) {
            record.accept(book);
            if (random.nextInt(4) == 0) {
                record.accept(book); // read again
            }
        }
    }

    private void restart() {
        restarted = book();
        journal.forEach(record -> record.accept(restarted));
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
