package org.callclear.systemtests;

import static org.callclear.testkit.settlement.CallStory.aCall;
import static org.callclear.testkit.settlement.Orders.pays;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.callclear.testkit.settlement.Orders;
import org.jspecify.annotations.Nullable;

/** A journal in which everything happens that moves money: mismatches, corrections, decisions, new prices, payments, closes. */
final class EventfulJournal {
    /** Statements that it comes to: five closes for three carriers. */
    static final int STATEMENTS = 15;

    private static final Instant BEGIN = Instant.parse("2026-11-23T08:00:00Z");
    private static final long SECONDS_BETWEEN = 30;
    private static final RateTerms OWED = Terms.perMinute("EUR", "0.012345");
    private static final RateTerms DUE_BY_DAY =
            Terms.by(PeriodLength.DAY, "Europe/Berlin", Terms.perMinute("EUR", "0.010101"));
    private static final RateTerms DUE_BY_LINE = RateTerms.newBuilder(Terms.perMinute("USD", "0.011"))
            .setRoundingLevel(RoundingLevel.PER_STATEMENT_LINE)
            .setRoundingScale(2)
            .build();

    /** @param partition null: by the key */
    record Entry(@Nullable Integer partition, String key, SpecificRecord record) {}

    private final Random random;
    private final List<List<Entry>> portions = new ArrayList<>();
    private List<Entry> later = new ArrayList<>();

    private EventfulJournal(long seed) {
        this.random = new Random(seed);
    }

    /** Seven portions of so many calls each. */
    static List<List<Entry>> portions(long seed, int calls) {
        EventfulJournal journal = new EventfulJournal(seed);
        for (int portion = 0; portion < 7; portion++) {
            journal.portion(portion, calls);
        }
        return journal.portions;
    }

    private void portion(int number, int calls) {
        List<Entry> now = new ArrayList<>(later);
        later = new ArrayList<>();
        for (int i = number * calls; i < (number + 1) * calls; i++) {
            call(i, now);
        }
        Collections.shuffle(now, random);
        if (number == 0) {
            now.addAll(0, barriers(null, "2026-11"));
            now.addAll(0, barriers(null, "2026-11-23@Europe/Berlin"));
        }
        switch (number) {
            case 1 -> now.addAll(now.size() / 2, barriers("2026-11-23@Europe/Berlin", "2026-11-24@Europe/Berlin"));
            case 3 -> now.addAll(now.size() / 2, barriers("2026-11", "2026-12"));
            case 5 -> {
                now.addAll(now.size() / 3, barriers("2026-11-24@Europe/Berlin", "2026-11-25@Europe/Berlin"));
                now.add(new Entry(
                        null,
                        "EUR",
                        Orders.paid("net", "2026-11", "EUR", pays("acme", "12.34"), pays("zenith", "-12.34"))));
            }
            case 6 -> {
                now.addAll(barriers("2026-11-25@Europe/Berlin", "2026-11-26@Europe/Berlin"));
                now.addAll(barriers("2026-12", "2027-01"));
            }
            default -> {}
        }
        portions.add(now);
    }

    private void call(int i, List<Entry> now) {
        long talked = 1_000L + random.nextInt(300_000);
        CallStory call = told(i).talkedMillis(talked, talked);
        switch (random.nextInt(20)) {
            case 0, 1, 2 -> add(now, call.talkedMillis(talked, talked + 3_000 + random.nextInt(60_000)));
            case 3, 4 -> decided(now, call.talkedMillis(talked, talked + 10_000));
            case 5, 6 -> {
                add(now, call);
                CallStory corrected =
                        told(i).talkedMillis(talked / 2, talked + 500).version(2);
                add(later, call, random.nextBoolean() ? corrected.originatingReport() : corrected.terminatingReport());
            }
            case 7 -> {
                add(now, call, call.grant());
                add(now, call, call.originatingReport());
                add(random.nextBoolean() ? later : new ArrayList<>(), call, call.terminatingReport());
            }
            case 8 -> {
                CallStory imported = call.imported();
                add(now, call, imported.originatingReport());
                add(now, call, imported.terminatingReport());
            }
            case 9 -> {
                add(now, call);
                add(later, call, Orders.rerate("rerate-" + i, call, Role.ORIGINATING, Terms.perMinute("EUR", "0.02")));
            }
            case 10 -> add(now, call.unanswered().priced(Terms.attemptFee("0.001", OWED), DUE_BY_LINE));
            case 11 -> {
                add(now, call);
                add(now, call, call.accepted("mallory", call.originating()));
                add(now, call, call.terminatingReport());
            }
            default -> add(now, call);
        }
    }

    private CallStory told(int i) {
        boolean toZenith = i % 3 != 0;
        return aCall("call-" + i)
                .to(toZenith ? "zenith" : "lumen")
                .answeredAt(BEGIN.plusSeconds(SECONDS_BETWEEN * i))
                .priced(OWED, toZenith ? DUE_BY_DAY : DUE_BY_LINE);
    }

    private void decided(List<Entry> now, CallStory call) {
        add(now, call);
        String command = "decide-" + call.callId();
        add(
                later,
                call,
                switch (random.nextInt(3)) {
                    case 0 -> Orders.resolve(command, call, Resolution.ACCEPTED);
                    case 1 -> Orders.resolve(command, call, Resolution.REJECTED);
                    default -> Orders.split(command, call, 310_000L); // mostly refused: more than was claimed
                });
    }

    private static void add(List<Entry> to, CallStory call) {
        add(to, call, call.grant());
        add(to, call, call.originatingReport());
        add(to, call, call.terminatingReport());
    }

    private static void add(List<Entry> to, CallStory call, SpecificRecord record) {
        to.add(new Entry(null, call.callId(), record));
    }

    private static List<Entry> barriers(@Nullable String closes, String opens) {
        List<Entry> barriers = new ArrayList<>();
        for (int partition = 0; partition < Catalogue.CALL_PARTITIONS; partition++) {
            PeriodBarrier barrier = PeriodBarrier.newBuilder()
                    .setCloses(closes)
                    .setOpens(opens)
                    .setCarriers(List.of("acme", "lumen", "zenith"))
                    .setCommandId("close-" + closes)
                    .setAt(BEGIN)
                    .setZone(opens.contains("@") ? "Europe/Berlin" : "UTC")
                    .setPartitions(Catalogue.CALL_PARTITIONS)
                    .build();
            barriers.add(new Entry(partition, "barrier", barrier));
        }
        return barriers;
    }
}
