package org.callclear.settlement.proof;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.settlement.post.DoubleEntry;
import org.callclear.settlement.statement.CanonicalJson;
import org.callclear.settlement.statement.CanonicalReader;
import org.callclear.settlement.statement.CoveredPeriods;

/**
 * One carrier's part of an entry of the books: a leaf of its statement's tree. It has what the entry posts on the
 * carrier's accounts in the statement's period, and nothing of the other side.
 *
 * @param key where it is sorted
 * @param json canonical JSON (RFC 8785)
 */
public record CallLine(LineKey key, String json) {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * A carrier's part of an entry.
     *
     * @param periods of the statement
     * @return empty when no call is behind the entry, or it posts nothing on that carrier's accounts in those periods
     */
    public static Optional<CallLine> of(LedgerEntry entry, String carrier, CoveredPeriods periods) {
        if (entry.getCallId().isEmpty()) {
            return Optional.empty();
        }
        List<Posting> own = entry.getPostings().stream()
                .filter(posting -> isOf(carrier, posting.getAccount()) && periods.holds(posting.getPeriod()))
                .toList();
        return own.isEmpty() ? Optional.empty() : Optional.of(line(entry, own));
    }

    /**
     * A line that somebody shows.
     *
     * @throws IllegalArgumentException when it is not canonical JSON, or has not the id of an entry and of that entry's call
     */
    public static CallLine read(byte[] json) {
        Map<String, Object> members = CanonicalReader.object(json);
        LineKey key = LineKey.exactly(String.valueOf(members.get("entry_id")));
        if (!key.callId().toString().equals(members.get("call_id"))) {
            throw new IllegalArgumentException("call_id: not that of entry " + key.entryId());
        }
        return new CallLine(key, new String(json, StandardCharsets.UTF_8));
    }

    private static boolean isOf(String carrier, String account) {
        return account.equals(DoubleEntry.account(carrier)) || account.equals(DoubleEntry.suspense(carrier));
    }

    private static CallLine line(LedgerEntry entry, List<Posting> own) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("entry_id", entry.getEntryId());
        members.put("call_id", entry.getCallId());
        members.put("leg", entry.getLeg());
        members.put("kind", entry.getEntryKind().name());
        members.put("refers_to", entry.getRefersTo());
        members.put("cause", entry.getCause());
        members.put("answered_at", INSTANT.format(entry.getAnsweredAt()));
        members.put("postings", own.stream().map(CallLine::posting).toList());
        return new CallLine(
                LineKey.of(entry.getEntryId()), new String(CanonicalJson.bytes(members), StandardCharsets.UTF_8));
    }

    private static Map<String, Object> posting(Posting posting) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kind", posting.getKind().name());
        members.put("counterparty", posting.getCounterparty());
        members.put("amount", posting.getAmount().toPlainString());
        members.put("currency", posting.getCurrency());
        members.put("seconds", posting.getSeconds());
        members.put("billed_seconds", posting.getBilledSeconds());
        if (posting.getOriginPeriod() != null) {
            members.put("origin_period", posting.getOriginPeriod());
        }
        return members;
    }
}
