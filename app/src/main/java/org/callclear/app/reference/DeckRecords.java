package org.callclear.app.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.RateDeckChunk;

/**
 * The records of the topic of rate decks, unread. All revisions that a deck ever had stand there; by their keys those
 * before the last that is whole are left out, so what is read of a deck does not grow with its past. As in the
 * clearinghouse the one before holds again when a chunk of the last is deleted.
 */
final class DeckRecords {
    private static final Pattern KEY = Pattern.compile("([^/]+)/([0-9]{1,18})/([0-9]{1,9})");

    private final Function<ConsumerRecord<String, byte[]>, SpecificRecord> reader;
    private final Map<String, NavigableMap<Long, Edition>> decks = new TreeMap<>();
    /** Whose key says nothing. */
    private final List<SpecificRecord> others = new ArrayList<>();

    /** @param reader of a record that has a value; may throw */
    DeckRecords(Function<ConsumerRecord<String, byte[]>, SpecificRecord> reader) {
        this.reader = reader;
    }

    /** What stands of one revision. */
    private static final class Edition {
        private final Map<Integer, ConsumerRecord<String, byte[]>> chunks = new HashMap<>();
        private int all;

        boolean isWhole() {
            return chunks.size() == all;
        }
    }

    /** Takes a record, or a tombstone, in the order they stand. */
    void put(ConsumerRecord<String, byte[]> record) {
        Matcher key = KEY.matcher(record.key());
        if (!key.matches()) {
            if (record.value() != null) {
                others.add(reader.apply(record));
            }
            return;
        }
        long revision = Long.parseLong(key.group(2));
        int chunk = Integer.parseInt(key.group(3));
        NavigableMap<Long, Edition> editions = decks.computeIfAbsent(key.group(1), deck -> new TreeMap<>());
        if (record.value() == null) {
            editions.computeIfPresent(revision, (number, edition) -> without(edition, chunk));
            return;
        }
        Edition edition = editions.computeIfAbsent(revision, number -> new Edition());
        edition.chunks.put(chunk, record);
        if (edition.all == 0) {
            edition.all = read(record).getChunks();
        }
        List<Long> whole = whole(editions).limit(2).toList();
        if (whole.size() == 2) {
            editions.headMap(whole.getLast(), false).clear();
        }
    }

    /** The revisions of which nothing is missing, the last first. */
    private static Stream<Long> whole(NavigableMap<Long, Edition> editions) {
        return editions.descendingMap().entrySet().stream()
                .filter(edition -> edition.getValue().isWhole())
                .map(Map.Entry::getKey);
    }

    private static Edition without(Edition edition, int chunk) {
        edition.chunks.remove(chunk);
        return edition;
    }

    /** Hands over, read, the last revision of each deck that is whole, and what there is of later ones. */
    void readInto(Gathering gathering) {
        others.forEach(gathering::take);
        decks.values()
                .forEach(editions -> editions.tailMap(
                                whole(editions).findFirst().orElse(0L), true)
                        .values()
                        .forEach(edition ->
                                edition.chunks.values().stream().map(this::read).forEach(gathering::take)));
    }

    private RateDeckChunk read(ConsumerRecord<String, byte[]> record) {
        SpecificRecord value = reader.apply(record);
        if (value instanceof RateDeckChunk chunk
                && record.key().equals(chunk.getDeck() + "/" + chunk.getRevision() + "/" + chunk.getChunk())) {
            return chunk;
        }
        throw new ReferenceException("topic " + record.topic() + ", offset " + record.offset() + ": key '"
                + record.key() + "': the record is of another deck, revision or chunk");
    }
}
