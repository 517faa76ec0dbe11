package org.callclear.bench.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.Role;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final long SEED = 20261123;

    @Test
    void aThousandReportsAreAThousandReports() {
        List<Entry> entries = all(1_000);

        assertThat(reports(entries)).hasSize(1_000);
        assertThat(entries.stream().filter(entry -> entry.value() instanceof Grant))
                .hasSizeBetween(490, 500);
    }

    @Test
    void anyCountComesOut() {
        for (int count = 2; count < 30; count++) {
            assertThat(reports(all(count))).hasSize(count);
        }
    }

    @Test
    void aThousandCallsAreOfTheKindsTheyShouldBe() {
        Map<String, List<CallDetailRecord>> calls = new HashMap<>();
        reports(all(2_003))
                .forEach(cdr -> calls.computeIfAbsent(cdr.getCallId(), id -> new ArrayList<>())
                        .add(cdr));
        Map<Kind, Integer> kinds = new HashMap<>();
        calls.values().forEach(cdrs -> kinds.merge(kindOf(cdrs), 1, Integer::sum));

        assertThat(calls).hasSize(1_000);
        for (Kind kind : Kind.values()) {
            assertThat(kinds).containsEntry(kind, kind.inThousand());
        }
    }

    @Test
    void aCallsReportsComeAfterItsGrantAndWhenItHasEnded() {
        Map<String, Integer> granted = new HashMap<>();
        Instant before = Instant.MIN;
        for (Entry entry : all(1_000)) {
            assertThat(entry.at()).isAfterOrEqualTo(before);
            before = entry.at();
            switch (entry.value()) {
                case Grant grant ->
                    granted.put(grant.getCallId(), grant.getRoutes().size());
                case AcceptedCdr accepted -> {
                    assertThat(granted).containsEntry(entry.key(), 2);
                    assertThat(accepted.getAcceptedAt())
                            .isAfter(accepted.getCdr().getEndedAt());
                }
                default -> throw new AssertionError(entry.value().getSchema());
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameJournal() {
        assertThat(all(1_000)).isEqualTo(all(1_000));
    }

    private static Kind kindOf(List<CallDetailRecord> cdrs) {
        if (cdrs.get(0).getAnsweredAt() == null) {
            return Kind.UNANSWERED;
        }
        if (cdrs.size() > 2) {
            return Kind.REPEATED;
        }
        long difference = Math.abs(talked(cdrs, Role.ORIGINATING) - talked(cdrs, Role.TERMINATING));
        if (difference == 0) {
            return Kind.MATCHED;
        }
        return difference <= 2_000 ? Kind.WITHIN_TOLERANCE : Kind.MISMATCH;
    }

    private static long talked(List<CallDetailRecord> cdrs, Role role) {
        CallDetailRecord cdr =
                cdrs.stream().filter(c -> c.getRole() == role).findFirst().orElseThrow();
        return cdr.getEndedAt().toEpochMilli() - cdr.getAnsweredAt().toEpochMilli();
    }

    private static List<CallDetailRecord> reports(List<Entry> entries) {
        List<CallDetailRecord> reports = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.value() instanceof AcceptedCdr accepted) {
                reports.add(accepted.getCdr());
            }
        }
        return reports;
    }

    private static List<Entry> all(long reports) {
        List<Entry> entries = new ArrayList<>();
        new Traffic(SEED, reports).forEachRemaining(entries::add);
        return entries;
    }
}
