package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.SettlingSide;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.callclear.testkit.settlement.Posted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all calls, in whatever order and however often their records come. */
class AnyOrderTest {
    private static final List<String> CARRIERS = List.of("acme", "zenith", "umbra");
    private static final List<String> CURRENCIES = List.of("EUR", "USD", "JPY");

    private record Entry(String key, SpecificRecord record) {}

    private record Outcome(List<Posted> postings, List<String> statements) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 20261123})
    void postingsSumToZeroInEveryCurrency(long seed) {
        Outcome outcome = settle(entries(new Random(seed)));

        Map<String, BigDecimal> sums = outcome.postings().stream()
                .collect(Collectors.groupingBy(
                        Posted::currency, Collectors.reducing(BigDecimal.ZERO, Posted::amount, BigDecimal::add)));

        assertThat(sums)
                .as("seed %d", seed)
                .isNotEmpty()
                .allSatisfy((currency, sum) -> assertThat(sum).isEqualByComparingTo(BigDecimal.ZERO));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20261123})
    void anyOrderGivesTheSameStatementsByteForByte(long seed) {
        List<Entry> entries = entries(new Random(seed));
        Outcome inOrder = settle(entries);

        for (int i = 0; i < 3; i++) {
            Collections.shuffle(entries, new Random(seed + i));
            Outcome shuffled = settle(entries);

            assertThat(shuffled.statements()).as("seed %d shuffle %d", seed, i).isEqualTo(inOrder.statements());
            assertThat(balances(shuffled)).as("seed %d shuffle %d", seed, i).isEqualTo(balances(inOrder));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20261123})
    void repetitionsChangeNothingButThePlacesInTheLog(long seed) {
        List<Entry> entries = entries(new Random(seed));
        Outcome once = settle(entries);
        List<Entry> repeated = new ArrayList<>(entries);
        repeated.addAll(entries);
        Collections.shuffle(repeated, new Random(seed));

        Outcome twice = settle(repeated);

        assertThat(withoutPlaces(twice)).as("seed %d", seed).isEqualTo(withoutPlaces(once));
        assertThat(balances(twice)).as("seed %d", seed).isEqualTo(balances(once));
    }

    private static List<Entry> entries(Random random) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            CallStory call = story(random, i);
            entries.add(new Entry(call.callId(), call.grant()));
            entries.add(new Entry(call.callId(), call.originatingReport()));
            if (random.nextInt(10) > 0) {
                entries.add(new Entry(call.callId(), call.terminatingReport()));
            }
        }
        return entries;
    }

    private static CallStory story(Random random, int i) {
        long talked = random.nextInt(4_000_000);
        CallStory call = aCall("call-" + i)
                .from(pick(CARRIERS, random))
                .to(pick(CARRIERS, random))
                .talkedMillis(talked, Math.max(0, talked + random.nextInt(6_000) - 3_000))
                .answeredAt(Instant.parse("2026-11-23T12:00:00Z").plusSeconds(random.nextInt(86_400)))
                .settledBy(pick(List.of(SettlingSide.values()), random))
                .atMost(3_600)
                .priced(
                        Terms.perMinute(pick(CURRENCIES, random), "0.0" + (1 + random.nextInt(9999))),
                        Terms.perMinute(pick(CURRENCIES, random), "0.0" + (1 + random.nextInt(9999))));
        return random.nextInt(8) == 0 ? call.unanswered() : call;
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static Outcome settle(List<Entry> entries) {
        try (World world = World.inNovember()) {
            entries.forEach(entry -> world.journal(entry.key(), entry.record()));
            world.close("2026-11", "2026-12", "acme", "zenith", "umbra");
            List<String> statements = CARRIERS.stream()
                    .map(carrier -> World.json(world.statements(carrier).get(0)))
                    .toList();
            return new Outcome(world.postings(), statements);
        }
    }

    /** What the books come to: how often an entry was taken back on the way there depends on the order. */
    private static Map<String, BigDecimal> balances(Outcome outcome) {
        Map<String, BigDecimal> balances = new TreeMap<>();
        for (Posted posting : outcome.postings()) {
            String account = posting.account() + " " + posting.kind() + " " + posting.currency() + " "
                    + posting.period() + " " + posting.counterparty();
            balances.merge(account, posting.amount(), BigDecimal::add);
        }
        balances.values().removeIf(balance -> balance.signum() == 0);
        return balances;
    }

    private static List<String> withoutPlaces(Outcome outcome) {
        return outcome.statements().stream()
                .map(json -> json.replaceAll("\"log_positions\":\\[[^]]*]", ""))
                .toList();
    }
}
