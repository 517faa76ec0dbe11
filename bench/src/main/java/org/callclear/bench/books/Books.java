package org.callclear.bench.books;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.callclear.bench.kafka.Readers;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.topics.Topic;

/**
 * What settlement wrote.
 *
 * @param postings how many lines of double entry
 * @param sums of all postings, by currency: zero each, or settlement is wrong
 * @param largestStatementBytes of the JSON of the largest statement
 * @param ledger what the statements say
 */
public record Books(long postings, Map<String, BigDecimal> sums, int largestStatementBytes, Ledger ledger) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads all postings and statements that are committed. */
    public static Books read(String address) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        long[] postings = {0};
        Readers.readAll(address, Readers.partitions(address, Topic.POSTINGS.topic()), value -> {
            for (Posting posting : ((LedgerEntry) value).getPostings()) {
                sums.merge(posting.getCurrency(), posting.getAmount(), BigDecimal::add);
                postings[0]++;
            }
        });
        Ledger ledger = new Ledger();
        int[] largest = {0};
        List<TopicPartition> drafts = List.of(new TopicPartition(Topic.STATEMENT_DRAFTS.topic(), 0));
        Readers.readAll(address, drafts, value -> {
            StatementDraft statement = (StatementDraft) value;
            largest[0] = Math.max(largest[0], statement.getJson().remaining());
            enter(ledger, statement.getCarrier(), tree(statement.getJson()));
        });
        return new Books(postings[0], sums, largest[0], ledger);
    }

    /** Whether every currency sums to zero. */
    public boolean balances() {
        return !sums.isEmpty() && sums.values().stream().allMatch(sum -> sum.signum() == 0);
    }

    private static void enter(Ledger ledger, String carrier, JsonNode statement) {
        for (JsonNode line : statement.get("lines")) {
            ledger.line(
                    List.of(
                            carrier,
                            line.get("side").asText(),
                            line.get("counterparty").asText(),
                            line.get("destination").asText(),
                            line.get("prefix").asText(),
                            line.get("rate_per_minute").asText(),
                            line.get("currency").asText()),
                    new Ledger.Sums(
                            line.get("calls").asLong(),
                            line.get("seconds").asLong(),
                            line.get("billed_seconds").asLong(),
                            new BigDecimal(line.get("amount").asText())));
        }
        for (JsonNode total : statement.at("/trailer/totals")) {
            ledger.exact(
                    carrier, total.get("currency").asText(), total.get("exact").asText());
        }
    }

    private static JsonNode tree(ByteBuffer json) {
        byte[] bytes = new byte[json.remaining()];
        json.duplicate().get(bytes);
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a statement is not JSON", e);
        }
    }
}
