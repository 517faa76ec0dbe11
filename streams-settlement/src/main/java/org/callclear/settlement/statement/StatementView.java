package org.callclear.settlement.statement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a statement's canonical JSON says, read once for all forms in which it is shown. Amounts keep the digits they had.
 *
 * @param header what the statement is about
 * @param lines what its totals are the sum of
 * @param disputed what is withheld while a dispute is open, and in no total
 * @param trailer totals, and what an audit compares
 * @param seal what makes it one that cannot be changed; empty for one of an engine before {@code callclear-settlement/5}
 * @param digest SHA-256 of the JSON, as 64 hexadecimal digits
 */
public record StatementView(
        Header header, List<Line> lines, List<Line> disputed, Trailer trailer, Optional<Seal> seal, String digest) {
    /**
     * Reads a statement.
     *
     * @param json its canonical JSON
     * @throws IllegalArgumentException when it is no JSON, or not that of a statement; names all faults
     */
    public static StatementView of(byte[] json) {
        return StatementReader.read(json);
    }

    /**
     * The head of a statement. A text that the JSON does not have is empty.
     *
     * @param id of the statement
     * @param carrier whose it is
     * @param period its name
     * @param timeZone IANA name of the zone the period is counted in
     * @param from begin of the period, RFC 3339
     * @param to end of the period, RFC 3339, exclusive
     * @param sequence from 1 for each carrier
     * @param parties who is named in it
     * @param contracts and their revisions
     * @param decks and their revisions
     * @param positions what it covers of the journal
     * @param engine the rules it was made by
     */
    public record Header(
            String id,
            String carrier,
            String period,
            String timeZone,
            String from,
            String to,
            long sequence,
            List<Party> parties,
            List<String> contracts,
            List<String> decks,
            List<Position> positions,
            String engine) {
        /** The end of the period, when it is there and an instant. */
        public Optional<Instant> end() {
            return to.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(to));
        }
    }

    /** Who takes part, and as what. */
    public record Party(String id, String role) {}

    /** A stretch of the journal: from inclusive, to exclusive. */
    public record Position(long partition, long from, long to) {}

    /**
     * A line.
     *
     * @param kind such as {@code CALLS}
     * @param side {@code ORIGINATING}: the carrier owes it; {@code TERMINATING}: it is owed to the carrier
     * @param ratePerMinute empty for what has none, such as fees for attempts
     * @param originPeriod the period a late line belongs to; empty for any other
     * @param disputeClass why it is withheld, such as {@code DURATION_MISMATCH}; empty for what is not
     */
    public record Line(
            String kind,
            String destination,
            String prefix,
            Optional<PlainDecimal> ratePerMinute,
            long calls,
            long seconds,
            long billedSeconds,
            PlainDecimal amount,
            String currency,
            String side,
            String counterparty,
            String originPeriod,
            String disputeClass) {}

    /**
     * The foot of a statement.
     *
     * @param lines how many there are
     * @param firstAnswer date or instant of the first answered call; empty when there is none
     * @param lastAnswer the same of the last
     */
    public record Trailer(
            long lines,
            Sums originating,
            Sums terminating,
            List<Total> totals,
            List<Withheld> disputed,
            String firstAnswer,
            String lastAnswer) {}

    /**
     * What makes a statement one that cannot be changed. Texts in hexadecimal digits.
     *
     * @param previous SHA-256 of the carrier's statement before it; empty for its first
     * @param leaves lines of calls under the root
     * @param root of the hash tree over them
     * @param keyId of the key that signed
     * @param signature of the JSON without it
     */
    public record Seal(String previous, long leaves, String root, String keyId, String signature) {}

    /** Audit totals of one side. */
    public record Sums(long calls, long seconds, long billedSeconds) {}

    /**
     * What the statement comes to in one currency.
     *
     * @param owed sum of the lines the carrier owes
     * @param due sum of the lines it is owed
     * @param exact the exact difference of both; may be a fraction such as {@code 1/3}
     * @param roundingDifference payable less exact
     * @param payable in minor units; negative when the carrier is paid
     */
    public record Total(
            String currency,
            PlainDecimal owed,
            PlainDecimal due,
            String exact,
            PlainDecimal roundingDifference,
            PlainDecimal payable) {
        /** What rounding to minor units adds to owed less due to make payable: it closes the sum of the lines. */
        public PlainDecimal rounding() {
            BigDecimal unrounded = owed.value().subtract(due.value());
            return PlainDecimal.of(payable.value().subtract(unrounded));
        }
    }

    /** What is withheld in one currency: amounts the carrier would owe, and be owed. */
    public record Withheld(String currency, PlainDecimal owed, PlainDecimal due) {}
}
