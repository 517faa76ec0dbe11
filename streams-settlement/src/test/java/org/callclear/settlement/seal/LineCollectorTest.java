package org.callclear.settlement.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.call.CallId;
import org.callclear.settlement.proof.CallLine;
import org.callclear.settlement.proof.Leaf;
import org.callclear.settlement.proof.MerkleTree;
import org.callclear.settlement.statement.CoveredPeriods;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineCollectorTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final byte[] SALT = {7, 7, 7};

    @TempDir
    Path directory;

    private final Random random = new Random(20261128);
    private final Chain chain = new Chain();

    @Test
    void eachTreeIsOverTheLinesOfItsCarrierAndPeriodInTheirOrder() {
        List<LedgerEntry> entries =
                Stream.generate(() -> entry("2026-11")).limit(300).toList();
        List<LedgerEntry> others =
                Stream.generate(() -> entry("2026-12")).limit(20).toList();

        List<MerkleTree.Growing> trees;
        try (LineCollector lines = collector(10, draft("acme", "2026-11"), draft("zenith", "2026-11"))) {
            others.forEach(lines::take);
            entries.forEach(lines::take);
            others.reversed().forEach(lines::take);
            trees = lines.trees(() -> {});
        }

        assertThat(trees).extracting(MerkleTree.Growing::size).containsExactly(300L, 300L);
        assertThat(trees.get(0).root()).isEqualTo(plainRoot(entries, "acme", SALT));
        assertThat(trees.get(1).root()).isEqualTo(plainRoot(entries, "zenith", SALT));
    }

    @Test
    void aPeriodThatAnEarlierReleaseClosedHasNoSecretAndStillATree() {
        LedgerEntry entry = entry("2026-11");
        StatementDraft draft = StatementDraft.newBuilder(draft("acme", "2026-11"))
                .setSalt(ByteBuffer.allocate(0))
                .build();

        try (LineCollector lines = collector(10, draft)) {
            lines.take(entry);
            assertThat(lines.trees(() -> {}).getFirst().root())
                    .isEqualTo(plainRoot(List.of(entry), "acme", new byte[Leaf.SALT]));
        }
    }

    @Test
    void anEntryIsDoneWhenNoStatementWillNeedItAnyMore() {
        chain.add(statement("zenith", "2026-10"));

        try (LineCollector lines = collector(10, draft("acme", "2026-11"))) {
            assertThat(lines.take(entry("2026-11", "2026-10")))
                    .as("wanted, and published")
                    .isTrue();
            assertThat(lines.take(entry("2026-11", "2026-11")))
                    .as("zenith waits")
                    .isFalse();
            assertThat(lines.take(entry("2026-12", "2026-10"))).as("acme waits").isFalse();
            LedgerEntry payment =
                    LedgerEntry.newBuilder(entry("2026-12")).setCallId("").build();
            assertThat(lines.take(payment)).as("no call").isTrue();
        }
    }

    @Test
    void whatIsWithheldBelongsToItsCarrierToo() {
        LedgerEntry settled = entry("2026-11");
        LedgerEntry entry = LedgerEntry.newBuilder(settled)
                .setPostings(settled.getPostings().stream()
                        .map(posting -> Posting.newBuilder(posting)
                                .setAccount(posting.getAccount().replace("carrier:", "suspense:"))
                                .build())
                        .toList())
                .build();

        try (LineCollector lines = collector(10, draft("acme", "2026-11"))) {
            lines.take(entry);
            assertThat(lines.trees(() -> {}).getFirst().size()).isOne();
        }
    }

    @Test
    void anEntryThatStandsTwiceIsNotCountedTwiceInSilence() {
        LedgerEntry entry = entry("2026-11");
        try (LineCollector lines = collector(1, draft("acme", "2026-11"))) {
            lines.take(entry);
            lines.take(entry("2026-11"));
            lines.take(entry);

            assertThatThrownBy(() -> lines.trees(() -> {}))
                    .isInstanceOf(SealException.class)
                    .hasMessageContaining(entry.getCallId())
                    .hasMessageContaining("twice");
        }
    }

    @Test
    void theSameEntryInTwoStatementsIsNoRepetition() {
        try (LineCollector lines = collector(10, draft("acme", "2026-11"), draft("zenith", "2026-11"))) {
            lines.take(entry("2026-11"));
            assertThat(lines.trees(() -> {}))
                    .extracting(MerkleTree.Growing::size)
                    .containsExactly(1L, 1L);
        }
    }

    private LineCollector collector(int inMemory, StatementDraft... drafts) {
        return new LineCollector(List.of(drafts), chain, directory, inMemory);
    }

    private static byte[] plainRoot(List<LedgerEntry> entries, String carrier, byte[] salt) {
        MerkleTree.Growing tree = new MerkleTree.Growing();
        entries.stream()
                .map(entry -> Leaf.of(
                        CallLine.of(entry, carrier, CoveredPeriods.only("2026-11"))
                                .orElseThrow(),
                        carrier,
                        salt))
                .sorted(java.util.Comparator.comparing(Leaf::key))
                .forEach(leaf -> tree.add(leaf.hash()));
        return tree.root();
    }

    private LedgerEntry entry(String period) {
        return entry(period, period);
    }

    private LedgerEntry entry(String periodOfAcme, String periodOfZenith) {
        String call = CallId.mint(NOON, random).toString();
        return LedgerEntry.newBuilder()
                .setEntryId(call + "/1")
                .setCallId(call)
                .setLeg(1)
                .setAnsweredAt(NOON)
                .setPostings(List.of(
                        posting("carrier:acme", "0.012000", periodOfAcme),
                        posting("carrier:zenith", "-0.010000", periodOfZenith),
                        posting("clearinghouse:fee", "-0.002000", periodOfAcme)))
                .build();
    }

    private static Posting posting(String account, String amount, String period) {
        return Posting.newBuilder()
                .setAccount(account)
                .setKind(PostingKind.RECEIVABLE)
                .setCounterparty("zenith")
                .setAmount(new BigDecimal(amount))
                .setCurrency("EUR")
                .setPeriod(period)
                .setSeconds(60)
                .setBilledSeconds(60)
                .build();
    }

    /** What was posted before a calendar's first barrier stands on its first statement: its lines do too. */
    @Test
    void theFirstStatementOfACalendarHasTheLinesOfEarlierPeriods() {
        LedgerEntry earlier = entry("2026-09");
        LedgerEntry own = entry("2026-11", "2026-10");
        LedgerEntry later = entry("2026-12");
        StatementDraft first = StatementDraft.newBuilder(draft("acme", "2026-11"))
                .setJson(ByteBuffer.wrap("""
                        {"header":{"log_positions":[{"partition":0,"from":0,"to":9},{"partition":1,"from":0,"to":7}]}}""".getBytes(StandardCharsets.UTF_8)))
                .build();

        try (LineCollector lines = collector(10, first)) {
            lines.take(earlier);
            lines.take(own);
            lines.take(later);
            assertThat(lines.trees(() -> {}).getFirst().size()).isEqualTo(2);
        }
        chain.add(statement("acme", "2026-11"));
        chain.add(statement("zenith", "2026-11"));
        try (LineCollector lines = collector(10)) {
            assertThat(lines.take(earlier)).as("on the first statements").isTrue();
            assertThat(lines.take(later)).isFalse();
        }
    }

    private static Statement statement(String carrier, String period) {
        return new Statement(carrier + "-1", carrier, period, 1L, ByteBuffer.allocate(0), ByteBuffer.allocate(0));
    }

    private static StatementDraft draft(String carrier, String period) {
        return new StatementDraft(
                carrier + "-" + period + "-1",
                carrier,
                period,
                1L,
                ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.wrap(SALT));
    }
}
