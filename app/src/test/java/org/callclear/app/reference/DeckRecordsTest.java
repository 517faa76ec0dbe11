package org.callclear.app.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.callclear.schemas.rating.RateChoice;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.AvroTrust;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is read of a topic on which every revision of a deck stands. */
class DeckRecordsTest {
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    private final List<RateDeckChunk> written = new ArrayList<>();
    private final List<String> read = new ArrayList<>();
    private final DeckRecords records = new DeckRecords(record -> {
        read.add(record.key());
        return written.get((int) record.offset());
    });

    @BeforeAll
    static void trust() {
        AvroTrust.establish();
    }

    private static RateDeckChunk chunk(long revision, int chunk, int chunks) {
        return RateDeckChunk.newBuilder()
                .setDeck("retail")
                .setRevision(revision)
                .setChunk(chunk)
                .setChunks(chunks)
                .setRows(List.of(RateRow.newBuilder()
                        .setPrefix("4" + chunk)
                        .setDestination("somewhere")
                        .setRatePerMinute(BigDecimal.valueOf(revision, 6))
                        .setInitialSeconds(1)
                        .setIncrementSeconds(1)
                        .setConnectFee(BigDecimal.ZERO)
                        .setValidFrom(NEW_YEAR)
                        .setStatus(RateStatus.ACTIVE_RATE)
                        .build()))
                .build();
    }

    private void write(String key, RateDeckChunk chunk) {
        written.add(chunk);
        records.put(new ConsumerRecord<>(Topic.RATE_DECKS.topic(), 0, written.size() - 1, key, new byte[1]));
    }

    private void write(long revision, int chunk, int chunks) {
        write("retail/" + revision + "/" + chunk, chunk(revision, chunk, chunks));
    }

    private void delete(String key) {
        records.put(new ConsumerRecord<>(Topic.RATE_DECKS.topic(), 0, written.size(), key, null));
    }

    private ReferenceData known() {
        Gathering gathering = new Gathering(ReferenceData.empty());
        records.readInto(gathering);
        return gathering.result();
    }

    /** The rate of the deck in millionths; that is its revision. */
    private static long rate(ReferenceData known) {
        ReferenceData.Deck deck = Objects.requireNonNull(known.decks().get("retail"));
        return deck.rates().choose("40", NEW_YEAR) instanceof RateChoice.Rated rated
                ? rated.ratePerMinute().unscaledValue().longValue()
                : 0;
    }

    @Test
    void onlyTheLastWholeRevisionIsReadAndOneChunkOfEachBefore() {
        for (long revision = 1; revision <= 20; revision++) {
            for (int chunk = 0; chunk < 3; chunk++) {
                write(revision, chunk, 3);
            }
        }
        assertThat(read).hasSize(20);

        assertThat(rate(known())).isEqualTo(20);
        assertThat(read.subList(20, read.size()))
                .containsExactlyInAnyOrder("retail/20/0", "retail/20/1", "retail/20/2");
    }

    @Test
    void whatIsNotWholeDoesNotHoldButItsNumberIsTaken() {
        write(1, 1, 2);
        write(2, 0, 2);
        write(1, 0, 2);

        ReferenceData known = known();

        assertThat(rate(known)).isEqualTo(1);
        assertThat(known.deckRevisions()).containsEntry("retail", 2L);
    }

    @Test
    void whenAChunkOfTheLastIsDeletedTheOneBeforeHolds() {
        write(1, 0, 1);
        write(2, 0, 1);
        write(3, 0, 1);
        delete("retail/3/0");

        assertThat(rate(known())).isEqualTo(2);
    }

    @Test
    void aRevisionThatWasDeletedWholeIsAsIfNeverWritten() {
        write(1, 0, 1);
        delete("retail/1/0");
        delete("retail/7/0");

        assertThat(known().decks()).isEmpty();
    }

    @Test
    void aKeyOfAnotherFormIsRead() {
        write("by hand", chunk(4, 0, 1));

        assertThat(rate(known())).isEqualTo(4);
    }

    @Test
    void aRecordUnderTheKeyOfAnotherIsNamed() {
        assertThatThrownBy(() -> write("retail/5/0", chunk(4, 0, 1)))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContainingAll("rate-decks", "offset 0", "retail/5/0");
    }
}
