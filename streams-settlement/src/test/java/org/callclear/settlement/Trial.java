package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.testkit.settlement.Posted;

/**
 * What the records of one call come to: in every order of theirs, whether or not time passes between them, by the pure functions; and
 * in the order given, by the whole topology. All have to say the same, and each entry has to sum to zero.
 */
final class Trial {
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final int MOST_IN_EVERY_ORDER = 6;
    private static final Instant LATER = Instant.parse("2026-11-30T12:00:00Z");

    private final Map<String, String> paid;
    private final Map<String, String> withheld;
    private final Map<String, Dispute> disputes = new TreeMap<>();

    private Trial(Desk desk, String callId) {
        paid = sums(desk.postings(), kind -> kind != PostingKind.SUSPENSE);
        withheld = sums(desk.postings(), kind -> kind == PostingKind.SUSPENSE);
        desk.standing().forEach(dispute -> disputes.put(dispute.getDisputeId().substring(callId.length()), dispute));
    }

    /** Settles them. */
    static Trial of(SpecificRecord... records) {
        return of(List.of(records));
    }

    static Trial of(List<SpecificRecord> records) {
        String callId = callId(records.get(0));
        Trial first = new Trial(settled(callId, records, false), callId);
        for (List<SpecificRecord> order : records.size() > MOST_IN_EVERY_ORDER ? List.of(records) : orders(records)) {
            for (boolean waiting : new boolean[] {false, true}) {
                Desk desk = settled(callId, order, waiting);
                assertThat(new Trial(desk, callId).story()).as("%s", order).isEqualTo(first.story());
                assertBalanced(desk.postings());
            }
        }
        assertThat(inTheTopology(callId, records)).isEqualTo(first.story());
        return first;
    }

    /** What each account comes to, in no total what is withheld. */
    Map<String, String> paid() {
        return paid;
    }

    /** What each account of suspense comes to. */
    Map<String, String> withheld() {
        return withheld;
    }

    /** Each dispute after the call id: class, what settled and is claimed, and what is wrong. */
    List<String> disputes() {
        return disputes.entrySet().stream()
                .map(entry -> text(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The sentence of a dispute. */
    String why(String id) {
        return java.util.Objects.requireNonNull(disputes.get(id)).getDetail();
    }

    private List<Object> story() {
        return List.of(paid, withheld, disputes(), sentences(disputes.values()));
    }

    private static String text(String id, Dispute dispute) {
        assertThat(dispute.getDetail()).isNotBlank().doesNotContain("4930").doesNotContain("4989");
        return id + " " + dispute.getReconciliation() + " " + dispute.getState() + " settled "
                + dispute.getSettledMillis() + " claimed " + dispute.getClaimedMillis() + " "
                + dispute.getIrregularities();
    }

    private static Desk settled(String callId, List<SpecificRecord> records, boolean waiting) {
        Desk desk = new Desk(callId);
        for (SpecificRecord record : records) {
            desk.take(record);
            if (waiting) {
                desk.passes(A_DAY);
            }
        }
        return desk.passes(A_DAY);
    }

    private static List<Object> inTheTopology(String callId, List<SpecificRecord> records) {
        try (World world = World.inNovember()) {
            records.forEach(record -> world.journal(callId, record));
            world.logTime(LATER);
            Map<String, Dispute> disputes = new TreeMap<>();
            world.disputes().forEach(dispute -> disputes.put(dispute.getDisputeId(), dispute));
            disputes.values().removeIf(dispute -> dispute.getState().equals("WITHDRAWN"));
            List<String> standing = disputes.values().stream()
                    .map(dispute -> text(dispute.getDisputeId().substring(callId.length()), dispute))
                    .toList();
            assertBalanced(world.postings());
            return List.of(
                    sums(world.postings(), kind -> kind != PostingKind.SUSPENSE),
                    sums(world.postings(), kind -> kind == PostingKind.SUSPENSE),
                    standing,
                    sentences(disputes.values()));
        }
    }

    private static List<String> sentences(Collection<Dispute> disputes) {
        return disputes.stream().map(Dispute::getDetail).toList();
    }

    private static void assertBalanced(List<Posted> postings) {
        Map<String, BigDecimal> sums = new HashMap<>();
        postings.forEach(posting -> sums.merge(posting.entryId(), posting.amount(), BigDecimal::add));
        assertThat(sums.values()).allSatisfy(sum -> assertThat(sum).isEqualByComparingTo("0"));
    }

    private static Map<String, String> sums(List<Posted> postings, Predicate<PostingKind> which) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        postings.stream()
                .filter(posting -> which.test(posting.kind()))
                .forEach(posting -> sums.merge(posting.account(), posting.amount(), BigDecimal::add));
        Map<String, String> texts = new TreeMap<>();
        sums.forEach((account, sum) -> {
            if (sum.signum() != 0) {
                texts.put(account, sum.stripTrailingZeros().toPlainString());
            }
        });
        return texts;
    }

    private static String callId(SpecificRecord record) {
        return record instanceof Grant grant
                ? grant.getCallId()
                : ((AcceptedCdr) record).getCdr().getCallId();
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
