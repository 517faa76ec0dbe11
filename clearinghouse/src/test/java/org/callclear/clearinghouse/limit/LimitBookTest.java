package org.callclear.clearinghouse.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.clearinghouse.limit.Calls.BRITAIN;
import static org.callclear.clearinghouse.limit.Calls.CUBA;
import static org.callclear.clearinghouse.limit.Calls.OVER_WITHIN;
import static org.callclear.clearinghouse.limit.Calls.limit;
import static org.callclear.clearinghouse.limit.Calls.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.limit.LimitRule;
import org.junit.jupiter.api.Test;

class LimitBookTest extends BookGround {
    @Test
    void ofManyThatComeAtOnceNoMoreThanTheLimitGetIn() throws Exception {
        limits = limits(limit("acme", "53", null, 10, null));
        List<Callable<Boolean>> invites = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            NewCall call = call(CUBA, "0.60");
            invites.add(() -> goesOn(call));
        }
        int in = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> one : threads.invokeAll(invites)) {
                in += one.get() ? 1 : 0;
            }
        }
        assertThat(in).isEqualTo(10);
    }

    @Test
    void manyDearCallsAtOnceStrikeTheCostBeforeAnyOfThemIsOver() {
        limits = limits(limit("acme", "53", null, null, "6"));
        int in = 0;
        for (int i = 0; i < 100; i++) {
            in += goesOn(call(CUBA, "0.60")) ? 1 : 0;
        }

        assertThat(in).as("each counts a minute from the beginning").isEqualTo(10);
        assertThat(struck(CUBA)).isEqualTo(DenialReason.LIMIT_COST);
    }

    @Test
    void callsThatAreUpGrowDearerAndStrikeTheCostWithoutAnyReport() {
        limits = limits(limit("acme", "53", null, null, "6"));
        assertThat(goesOn(CUBA)).isTrue();
        assertThat(goesOn(CUBA)).isTrue();

        now = NOON.plus(Duration.ofMinutes(3));
        assertThat(goesOn(CUBA)).as("2 calls, 4 minutes each").isTrue();
        now = NOON.plus(Duration.ofMinutes(4));
        assertThat(goesOn(CUBA))
                .as("2 of 5 minutes and one of 2 would go beyond")
                .isFalse();
    }

    @Test
    void onceReportedACallCostsWhatItCost() {
        limits = limits(limit("acme", "53", null, null, "6"));
        NewCall call = call(CUBA, "5.40");
        assertThat(goesOn(call)).isTrue();
        assertThat(goesOn(call(CUBA, "1.20"))).isFalse();

        now = NOON.plusSeconds(10);
        report(Calls.answered(call.id().toString(), "acme", Role.ORIGINATING, "acme", 1, NOON, now));

        assertThat(goesOn(call(CUBA, "5.10"))).as("0.90 is left of it").isTrue();
        assertThat(goesOn(call(CUBA, "0.01"))).isFalse();
    }

    @Test
    void whatACallCostCountsForAnHourAndNoLongerThanAMinuteMore() {
        limits = limits(limit("acme", "53", null, null, "6"));
        NewCall call = call(CUBA, "6");
        goesOn(call);
        now = NOON.plusSeconds(59);
        report(Calls.answered(call.id().toString(), "acme", Role.ORIGINATING, "acme", 1, NOON, NOON.plusSeconds(59)));

        now = NOON.plus(Duration.ofMinutes(60)).plusSeconds(59);
        assertThat(goesOn(call(CUBA, "0.20"))).isFalse();
        now = NOON.plus(Duration.ofMinutes(61));
        assertThat(goesOn(call(CUBA, "0.20"))).isTrue();
    }

    @Test
    void callsAreNotCountedByTheSecondsOfTheClockSoTwiceTheRateDoesNotFitAroundABorder() {
        limits = limits(limit("acme", "*", 5, null, null));
        now = NOON.plusMillis(990);
        for (int i = 0; i < 5; i++) {
            assertThat(goesOn(CUBA)).isTrue();
        }
        now = NOON.plusMillis(1_010);
        assertThat(struck(CUBA)).isEqualTo(DenialReason.LIMIT_CALL_RATE);
        now = NOON.plusMillis(1_989);
        assertThat(goesOn(CUBA)).isFalse();
        now = NOON.plusMillis(1_990);
        assertThat(goesOn(CUBA)).isTrue();
    }

    @Test
    void aLimitThatComesWhileCallsAreUpKnowsOfThem() {
        goesOn(CUBA);
        goesOn(CUBA);
        assertThat(goesOn(CUBA)).isTrue();

        limits = limits(limit("acme", "53", null, 3, "100"));

        assertThat(struck(CUBA)).isEqualTo(DenialReason.LIMIT_CONCURRENT_CALLS);
        assertThat(goesOn(BRITAIN)).isTrue();
        limits = limits(limit("acme", "53", null, 4, "100"));
        assertThat(goesOn(CUBA)).isTrue();
        limits = limits(limit("acme", "53", null, 100, "2.99"));
        assertThat(struck(CUBA)).isEqualTo(DenialReason.LIMIT_COST);
        limits = Limits.NONE;
        assertThat(goesOn(CUBA)).isTrue();
    }

    @Test
    void otherDestinationsAndOtherCarriersGoOn() {
        limits = limits(limit("*", "53", null, 1, null), limit("zenith", "53", null, 2, null));
        goesOn(CUBA);

        assertThat(goesOn(CUBA)).isFalse();
        assertThat(goesOn(BRITAIN)).isTrue();
        assertThat(goesOn(Calls.call(now, "nadir", CUBA, "1")))
                .as("counted by itself")
                .isTrue();
        assertThat(goesOn(Calls.call(now, "nadir", CUBA, "1"))).isFalse();
        assertThat(goesOn(Calls.call(now, "zenith", CUBA, "1"))).isTrue();
        assertThat(goesOn(Calls.call(now, "zenith", CUBA, "1")))
                .as("its own limit")
                .isTrue();
        assertThat(goesOn(Calls.call(now, "zenith", CUBA, "1"))).isFalse();
    }

    @Test
    void aCallMustStayWithinEveryLimitThatItComesUnder() {
        limits = limits(limit("acme", "*", null, 2, null), limit("acme", "53", null, 9, null));
        goesOn(CUBA);
        goesOn(BRITAIN);

        Ruling ruling = book.admit(call(CUBA, "1"), limits, now);

        assertThat(ruling.refusals()).extracting(strike -> strike.rule().key()).containsExactly("acme/*");
    }

    @Test
    void aLimitThatOnlyWarnsLetsTheCallOnAndSaysSo() {
        limits = limits(Calls.warning(limit("acme", "*", null, 1, null)));
        goesOn(CUBA);

        Ruling ruling = book.admit(call(CUBA, "1"), limits, now);

        assertThat(ruling.refusals()).isEmpty();
        assertThat(ruling.warnings()).extracting(Strike::reason).containsExactly(DenialReason.LIMIT_CONCURRENT_CALLS);
    }

    @Test
    void theNoNamesLimitCarrierDestinationValueAndMaximumAndNoNumber() {
        limits = limits(limit("*", "53", 100, 1, "6"));
        goesOn(CUBA);
        assertThat(book.admit(call(CUBA, "0.60"), limits, now)
                        .refusals()
                        .getFirst()
                        .detail())
                .isEqualTo("limit */53: maxConcurrentCalls of carrier acme to prefix 53: 1 calls are up, at most 1");
        assertThat(book.admit(call(CUBA, "6"), limits, now)
                        .refusals()
                        .getFirst()
                        .detail())
                .isEqualTo("limit */53: maxCostPerHour of carrier acme to prefix 53: 0.6 EUR, at most 6 EUR");
    }

    @Test
    void costInAnotherCurrencyIsNotCountedButRefused() {
        limits = new Limits(List.of(
                LimitRule.of(org.callclear.schemas.avro.CallLimit.newBuilder(limit("acme", "*", null, null, "6"))
                        .setCurrency("USD")
                        .build())));

        assertThat(struck(CUBA)).isEqualTo(DenialReason.LIMIT_COST);
    }

    @Test
    void aCallCountsOnceWhoeverTellsOfIt() {
        limits = limits(limit("acme", "*", null, 2, null));
        NewCall call = call(CUBA, "1");
        goesOn(call);
        book.granted(Calls.grant(call, now), limits, now);
        assertThat(goesOn(call))
                .as("decided again after the grant book has forgotten it")
                .isTrue();

        assertThat(goesOn(CUBA)).isTrue();
        assertThat(goesOn(CUBA)).isFalse();
    }

    @Test
    void aCallThatCouldNotBeSignedLeavesNoTrace() {
        limits = limits(limit("acme", "*", 1, 1, "1"));
        NewCall call = call(CUBA, "1");
        goesOn(call);

        book.withdraw(call, limits, now);

        assertThat(goesOn(call(CUBA, "1"))).isTrue();
        assertThat(book.size()).isEqualTo(1);
    }

    @Test
    void callsThatAreOverAreForgottenBeforeCallsThatAreUp() {
        LimitBook small = new LimitBook(OVER_WITHIN, 10);
        limits = limits(limit("acme", "*", null, 5, null));
        for (int i = 0; i < 4; i++) {
            small.admit(call(CUBA, "0.60"), limits, now);
        }
        now = NOON.plus(Duration.ofMinutes(90)); // the time of those is over before these are out of the hour
        for (int i = 0; i < 100; i++) {
            now = now.plusMillis(10);
            NewCall brief = call(BRITAIN, "0.60");
            small.admit(brief, limits, now);
            small.reported(over(brief, Role.ORIGINATING, "acme", 1), limits, now);
        }

        assertThat(small.size()).isEqualTo(10);
        assertThat(small.forgotten()).isEqualTo(94);
        assertThat(small.forgottenUp()).isZero();
        assertThat(small.admit(call(CUBA, "0.60"), limits, now).refusals()).isEmpty();
        assertThat(small.admit(call(CUBA, "0.60"), limits, now).refusals()).isNotEmpty();
    }

    @Test
    void aMillionCallsTakeBoundedMemoryAndTheLimitStillHoldsForTheLatest() {
        LimitBook small = new LimitBook(OVER_WITHIN, 10_000);
        limits = limits(limit("acme", "*", null, 10_000, null));
        int in = 0;
        for (int i = 0; i < 1_000_000; i++) {
            NewCall call = Calls.call(now, i % 2 == 0 ? "acme" : "other", CUBA, "1");
            in += small.admit(call, limits, now).refusals().isEmpty() && i % 2 == 0 ? 1 : 0;
        }

        assertThat(small.size()).isEqualTo(10_000);
        assertThat(small.forgotten()).isEqualTo(500_000 + in - 10_000);
        assertThat(small.forgottenUp()).isEqualTo(small.forgotten());
    }
}
