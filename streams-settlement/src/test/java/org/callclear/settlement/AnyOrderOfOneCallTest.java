package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.SettlingSide;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.callclear.testkit.settlement.Posted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All 120 orders of a call's five records come to the same books and the same disputes, however long they wait between. */
class AnyOrderOfOneCallTest {
    private static final int CALLS = 200;
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private record Told(CallStory first, List<SpecificRecord> records) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 20261123})
    void everyOrderComesToTheSame(long seed) {
        Random random = new Random(seed);
        Map<ReconciliationClass, Integer> classes = new EnumMap<>(ReconciliationClass.class);
        for (int i = 0; i < CALLS; i++) {
            Told told = told(random, i);
            Desk inOrder = settled(told, told.records(), false, random);
            classes.merge(
                    inOrder.foundNothing()
                            ? ReconciliationClass.UNKNOWN_CLASS
                            : inOrder.call().getReconciliation(),
                    1,
                    Integer::sum);

            for (List<SpecificRecord> order : orders(told.records())) {
                for (boolean waiting : new boolean[] {false, true}) {
                    Desk other = settled(told, order, waiting, random);
                    assertThat(other.balances())
                            .as("seed %d call %d %s", seed, i, order)
                            .isEqualTo(inOrder.balances());
                    assertThat(other.disputes())
                            .as("seed %d call %d %s", seed, i, order)
                            .isEqualTo(inOrder.disputes());
                    assertBalanced(other);
                }
            }
        }
        // A call that was answered twice has more legs than one: AbuseTest has it in any order.
        assertThat(EnumSet.complementOf(EnumSet.copyOf(classes.keySet())))
                .as("seed %d", seed)
                .containsExactly(ReconciliationClass.ANSWERED_TWICE);
    }

    private static Desk settled(Told told, List<SpecificRecord> order, boolean waiting, Random random) {
        Desk desk = new Desk(told.first().callId());
        for (SpecificRecord record : order) {
            desk.take(record);
            if (waiting && random.nextInt(3) == 0) {
                desk.passes(Duration.ofSeconds(random.nextInt(1200)));
            }
        }
        return desk.passes(Duration.ofDays(1));
    }

    private static void assertBalanced(Desk desk) {
        Map<String, BigDecimal> sums = new HashMap<>();
        for (Posted posting : desk.postings()) {
            sums.merge(posting.entryId() + posting.currency(), posting.amount(), BigDecimal::add);
        }
        assertThat(sums.values()).allSatisfy(sum -> assertThat(sum).isEqualByComparingTo("0"));
    }

    /** The grant, both reports, one of them again, and a correction; or what an imported or a strange call has instead. */
    private static Told told(Random random, int i) {
        Variant variant = new Variant(random, "call " + i);
        CallStory first = variant.version(1);
        CallStory second = variant.version(2);
        boolean ofOriginating = random.nextBoolean();
        List<SpecificRecord> records = new ArrayList<>(List.of(
                first.originatingReport(),
                first.terminatingReport(),
                ofOriginating ? first.terminatingReport() : first.originatingReport(),
                ofOriginating ? second.originatingReport() : second.terminatingReport()));
        if (!variant.imported && random.nextInt(10) > 0) {
            records.add(first.grant());
        } else if (random.nextBoolean()) {
            records.add(variant.version(1).to("umbra").terminatingReport());
        }
        if (random.nextInt(6) == 0) {
            records.remove(random.nextInt(2));
            records.remove(1);
        }
        return new Told(first, records);
    }

    /** A call that can be told again with other figures. */
    private static final class Variant {
        private final Random random;
        private final String name;
        private final boolean imported;
        private final long talked;
        private final long more;
        private final int most;
        private final SettlingSide side;
        private final String gate;
        private final GateRule rule;
        private final RateTerms owed;
        private final RateTerms due;
        private final Rating rating;
        private final boolean otherNumber;
        private final int kind;

        Variant(Random random, String name) {
            this.random = random;
            this.name = name;
            imported = random.nextInt(4) == 0;
            talked = random.nextInt(200_000);
            more = pick(random, 0, 0, 1_500, 2_000, 2_001, 30_000);
            most = (int) pick(random, 60, 100, 3_600, 3_600);
            side = List.of(SettlingSide.values()).get(random.nextInt(SettlingSide.values().length));
            gate = random.nextBoolean() ? "" : "0.00" + random.nextInt(10);
            rule = random.nextBoolean() ? GateRule.ANY : GateRule.ALL;
            owed = terms(random);
            due = terms(random);
            rating = random.nextInt(4) == 0 ? Rating.UNRATED : Rating.RATED;
            otherNumber = random.nextInt(12) == 0;
            kind = random.nextInt(12);
        }

        CallStory version(int number) {
            CallStory call = aCall(name)
                    .talkedMillis(talked, talked + more)
                    .answeredAt(NOON)
                    .atMost(most)
                    .settledBy(side)
                    .priced(owed, due)
                    .notDueFor(rating)
                    .version(number);
            if (!gate.isEmpty()) {
                call.disputedBeyond("10", gate, rule);
            }
            if (imported) {
                call.imported();
            }
            if (number > 1) {
                corrected(call);
            } else {
                unanswered(call);
            }
            return call;
        }

        private void unanswered(CallStory call) {
            switch (kind) {
                case 0 -> call.unanswered();
                case 1 -> call.answeredOnlyToTheCaller();
                case 2 -> call.answeredOnlyToTheGateway();
                default -> {}
            }
        }

        private void corrected(CallStory call) {
            switch (random.nextInt(6)) {
                case 0 -> call.unanswered();
                case 1 -> call.talkedMillis(talked + more, talked);
                case 2 -> call.answeredAt(NOON.plus(Duration.ofHours(13)));
                case 3 -> call.talkedMillis(talked / 2, talked * 2);
                default -> unanswered(call);
            }
            if (otherNumber) {
                call.called("4930999999");
            }
        }

        private static RateTerms terms(Random random) {
            RateTerms terms =
                    Terms.perMinute(random.nextInt(4) == 0 ? "USD" : "EUR", "0.0" + (1 + random.nextInt(9999)));
            RateTerms byDay = random.nextBoolean() ? terms : Terms.by(PeriodLength.DAY, "UTC", terms);
            return random.nextInt(4) == 0 ? Terms.attemptFee("0.0015", byDay) : byDay;
        }

        private static long pick(Random random, long... from) {
            return from[random.nextInt(from.length)];
        }
    }

    private static List<List<SpecificRecord>> orders(List<SpecificRecord> records) {
        if (records.isEmpty()) {
            return List.of(List.of());
        }
        List<List<SpecificRecord>> orders = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            List<SpecificRecord> rest = new ArrayList<>(records);
            SpecificRecord head = rest.remove(i);
            for (List<SpecificRecord> tail : orders(rest)) {
                List<SpecificRecord> order = new ArrayList<>(List.of(head));
                order.addAll(tail);
                orders.add(order);
            }
        }
        return orders;
    }
}
