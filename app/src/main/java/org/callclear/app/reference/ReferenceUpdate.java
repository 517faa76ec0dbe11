package org.callclear.app.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.app.reference.ReferenceData.Deck;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.limit.LimitRule;
import org.callclear.schemas.topics.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The records that one import writes. What is there already in the same words gets no new revision, so importing a file
 * twice changes nothing.
 *
 * @param entries in the order to write them
 */
public record ReferenceUpdate(List<Entry> entries) {
    /** Rows in a chunk of a deck at most. */
    static final int CHUNK_ROWS = 1000;

    /** One record for one topic. */
    public record Entry(Topic topic, String key, SpecificRecord value) {}

    public ReferenceUpdate {
        entries = List.copyOf(entries);
    }

    /** Whether the file says only what is known already. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The carriers that are new or differ. */
    public static ReferenceUpdate carriers(List<Carrier> file, ReferenceData known) {
        return changed(
                Topic.CARRIERS,
                file,
                known.carriers(),
                Carrier::getId,
                Carrier::getRevision,
                (carrier, revision) ->
                        Carrier.newBuilder(carrier).setRevision(revision).build());
    }

    /** The gateways that are new or differ. */
    public static ReferenceUpdate gateways(List<Gateway> file, ReferenceData known) {
        return changed(
                Topic.GATEWAYS,
                file,
                known.gateways(),
                Gateway::getId,
                Gateway::getRevision,
                (gateway, revision) ->
                        Gateway.newBuilder(gateway).setRevision(revision).build());
    }

    /** The contracts that are new or differ. */
    public static ReferenceUpdate contracts(List<Contract> file, ReferenceData known) {
        return changed(
                Topic.CONTRACTS,
                file,
                known.contracts(),
                Contract::getId,
                Contract::getRevision,
                (contract, revision) ->
                        Contract.newBuilder(contract).setRevision(revision).build());
    }

    /** The limits that are new or differ. */
    public static ReferenceUpdate limits(List<CallLimit> file, ReferenceData known) {
        return changed(
                Topic.LIMITS,
                file,
                known.limits(),
                LimitRule::key,
                CallLimit::getRevision,
                (limit, revision) ->
                        CallLimit.newBuilder(limit).setRevision(revision).build());
    }

    private static <T extends SpecificRecord> ReferenceUpdate changed(
            Topic topic,
            List<T> file,
            Map<String, T> known,
            Function<T, String> id,
            ToLongFunction<T> revision,
            BiFunction<T, Long, T> withRevision) {
        List<Entry> entries = new ArrayList<>();
        for (T record : file) {
            @Nullable T before = known.get(id.apply(record));
            long last = before == null ? 0 : revision.applyAsLong(before);
            if (!withRevision.apply(record, last).equals(before)) {
                entries.add(new Entry(topic, id.apply(record), withRevision.apply(record, last + 1)));
            }
        }
        return new ReferenceUpdate(entries);
    }

    /** A deck whole, in chunks of a new revision. */
    public static ReferenceUpdate deck(DeckRevision deck, ReferenceData known) {
        @Nullable Deck before = known.decks().get(deck.deck());
        if (before != null && deck.isSameAs(before)) {
            return new ReferenceUpdate(List.of());
        }
        long revision = Objects.requireNonNullElse(known.deckRevisions().get(deck.deck()), 0L) + 1;
        int chunks = Math.ceilDiv(deck.rows().size(), CHUNK_ROWS);
        List<Entry> entries = new ArrayList<>();
        for (int chunk = 0; chunk < chunks; chunk++) {
            entries.add(new Entry(
                    Topic.RATE_DECKS,
                    deck.deck() + "/" + revision + "/" + chunk,
                    chunk(deck, revision, chunk, chunks)));
        }
        return new ReferenceUpdate(entries);
    }

    private static RateDeckChunk chunk(DeckRevision deck, long revision, int chunk, int chunks) {
        int from = chunk * CHUNK_ROWS;
        int to = Math.min(deck.rows().size(), from + CHUNK_ROWS);
        return RateDeckChunk.newBuilder()
                .setDeck(deck.deck())
                .setRevision(revision)
                .setChunk(chunk)
                .setChunks(chunks)
                .setRows(deck.rows().subList(from, to))
                .setCurrency(deck.currency())
                .setImportedAt(deck.importedAt())
                .build();
    }

    /** This and another, in one transaction. */
    public ReferenceUpdate and(ReferenceUpdate other) {
        List<Entry> both = new ArrayList<>(entries);
        both.addAll(other.entries);
        return new ReferenceUpdate(both);
    }

    /** How many records go to each topic. */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        entries.forEach(entry -> counts.merge(entry.topic().topic(), 1, Integer::sum));
        return counts;
    }
}
