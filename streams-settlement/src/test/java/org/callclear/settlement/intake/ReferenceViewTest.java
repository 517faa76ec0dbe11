package org.callclear.settlement.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.period.Calendar;
import org.callclear.testkit.clearing.References;
import org.junit.jupiter.api.Test;

class ReferenceViewTest {
    private static final Calendar USUAL = Calendar.of(PeriodLength.MONTH, "UTC");
    private static final Revisions NONE = new Revisions(0, 0);

    private final ReferenceView view = new ReferenceView(USUAL);

    private record Revisions(long contract, long deck) {}

    @Test
    void withoutAContractThereIsNoRevision() {
        assertThat(inForce("acme", Role.ORIGINATING)).isEqualTo(NONE);
    }

    @Test
    void theSideOfTheCallChoosesTheContract() {
        put(contract("a-out", Role.ORIGINATING, "gold", 4));
        put(contract("a-in", Role.TERMINATING, "iron", 7));
        putDeck("gold", 2, 0, 1);
        putDeck("iron", 5, 0, 1);

        assertThat(inForce("acme", Role.ORIGINATING)).isEqualTo(new Revisions(4, 2));
        assertThat(inForce("acme", Role.TERMINATING)).isEqualTo(new Revisions(7, 5));
        assertThat(inForce("zenith", Role.TERMINATING)).isEqualTo(NONE);
    }

    @Test
    void aRevisionOfADeckHoldsOnceAllItsChunksAreThere() {
        put(contract("a-out", Role.ORIGINATING, "gold", 1));
        putDeck("gold", 1, 0, 1);
        putDeck("gold", 2, 1, 2);
        Revisions before = inForce("acme", Role.ORIGINATING);

        putDeck("gold", 2, 0, 2);

        assertThat(before).isEqualTo(new Revisions(1, 1));
        assertThat(inForce("acme", Role.ORIGINATING)).isEqualTo(new Revisions(1, 2));
    }

    @Test
    void anEarlierRevisionThatComesLaterDoesNotHold() {
        put(contract("a-out", Role.ORIGINATING, "gold", 1));
        putDeck("gold", 3, 0, 1);

        putDeck("gold", 2, 0, 1);

        assertThat(inForce("acme", Role.ORIGINATING).deck()).isEqualTo(3);
    }

    @Test
    void aContractWithoutADeckHasTheDeckRevisionZero() {
        put(contract("a-out", Role.ORIGINATING, "gold", 9));

        assertThat(inForce("acme", Role.ORIGINATING)).isEqualTo(new Revisions(9, 0));
    }

    @Test
    void whatIsGoneNoLongerHolds() {
        put(contract("a-out", Role.ORIGINATING, "gold", 1));
        putDeck("gold", 1, 0, 1);
        putDeck("gold", 2, 0, 1);

        view.remove(Topic.RATE_DECKS.topic(), "gold/1/0");
        Revisions withTheNewer = inForce("acme", Role.ORIGINATING);
        view.remove(Topic.RATE_DECKS.topic(), "gold/2/0");
        Revisions withoutTheDeck = inForce("acme", Role.ORIGINATING);
        view.remove(Topic.CONTRACTS.topic(), "a-out");

        assertThat(withTheNewer).isEqualTo(new Revisions(1, 2));
        assertThat(withoutTheDeck).isEqualTo(new Revisions(1, 0));
        assertThat(inForce("acme", Role.ORIGINATING)).isEqualTo(NONE);
    }

    @Test
    void ofTwoContractsTheFirstByIdHolds() {
        put(contract("b", Role.ORIGINATING, "gold", 8));
        put(contract("a", Role.ORIGINATING, "gold", 3));

        assertThat(inForce("acme", Role.ORIGINATING).contract()).isEqualTo(3);
    }

    @Test
    void carriersComeAndGo() {
        assertThat(putCarrier("zenith")).isTrue();
        assertThat(putCarrier("acme")).isTrue();
        assertThat(putCarrier("acme")).isTrue();
        assertThat(putCarrier("no carrier")).isFalse();
        List<String> all = view.inForce().carriersOf(USUAL);

        view.remove(Topic.CARRIERS.topic(), "acme");

        assertThat(all).containsExactly("acme", "zenith");
        assertThat(view.inForce().carriersOf(USUAL)).containsExactly("zenith");
    }

    @Test
    void aRecordOnTheWrongTopicChangesNothing() {
        Contract contract = contract("a-out", Role.ORIGINATING, "gold", 1);

        assertThat(view.put(Topic.RATE_DECKS.topic(), "a-out", contract)).isFalse();
        assertThat(inForce("acme", Role.ORIGINATING)).isEqualTo(NONE);
    }

    @Test
    void aDeckThatComesInPiecesHasTheRowsOfAll() {
        put(contract("a-out", Role.ORIGINATING, "gold", 1));
        RateDeckChunk first = chunk("gold", 1, 0, 2, References.row("49", "0.01"));
        RateDeckChunk second = chunk("gold", 1, 1, 2, References.row("4930", "0.02"));

        assertThat(view.put(Topic.RATE_DECKS.topic(), "gold/1/0", first)).isTrue();
        assertThat(view.put(Topic.RATE_DECKS.topic(), "gold/1/1", second)).isTrue();
        assertThat(view.put(Topic.RATE_DECKS.topic(), "gold/1/1", second)).isTrue();

        assertThat(view.inForce().side("acme", Role.ORIGINATING))
                .extracting(InForce.Side::deck)
                .satisfies(deck -> assertThat(deck.rows().size()).isEqualTo(2));
    }

    @Test
    void aDeckWithARowThatCannotBePricedByIsNotUsed() {
        RateDeckChunk free = chunk("gold", 1, 0, 1, References.row("49", "-0.01"));

        assertThat(view.put(Topic.RATE_DECKS.topic(), "gold/1/0", free)).isFalse();
        assertThat(view.put(Topic.RATE_DECKS.topic(), "gold/1/0", chunk("gold", 1, 0, 1, References.row("+49", "1"))))
                .isFalse();
    }

    @Test
    void whatABatchGoesByDoesNotChangeUnderIt() {
        put(contract("a-out", Role.ORIGINATING, "gold", 1));
        InForce before = view.inForce();

        put(contract("a-out", Role.ORIGINATING, "gold", 2));

        assertThat(before.side("acme", Role.ORIGINATING))
                .isNotNull()
                .extracting(side -> side.contract().getRevision())
                .isEqualTo(1L);
        assertThat(view.inForce()).isNotSameAs(before).isSameAs(view.inForce());
    }

    @Test
    void aCarrierStandsInTheCalendarsOfItsContractsAndWithoutAnyInTheUsualOne() {
        Calendar berlin = Calendar.of(PeriodLength.WEEK, "Europe/Berlin");
        putCarrier("acme");
        putCarrier("zenith");
        putCarrier("lumen");
        put(in(berlin, "acme", Role.ORIGINATING));
        put(in(USUAL, "acme", Role.TERMINATING));
        put(in(berlin, "zenith", Role.TERMINATING));
        put(in(Calendar.of(PeriodLength.DAY, "UTC"), "nobody", Role.TERMINATING));

        assertThat(view.inForce().calendars())
                .containsExactlyInAnyOrder(USUAL, berlin, Calendar.of(PeriodLength.DAY, "UTC"));
        assertThat(view.inForce().carriersOf(berlin)).containsExactly("acme", "zenith");
        assertThat(view.inForce().carriersOf(USUAL)).containsExactly("acme", "lumen");
        assertThat(view.inForce().carriersOf(Calendar.of(PeriodLength.DAY, "UTC")))
                .isEmpty();
    }

    @Test
    void aContractInAZoneThatIsNotThereIsNotUsed() {
        Contract contract = Contract.newBuilder(contract("a-out", Role.ORIGINATING, "gold", 1))
                .setPeriodZone("Mars/Base")
                .build();

        assertThat(view.put(Topic.CONTRACTS.topic(), "a-out", contract)).isFalse();
        assertThat(view.inForce().calendars()).containsExactly(USUAL);
    }

    private Revisions inForce(String carrier, Role role) {
        InForce.Side side = view.inForce().side(carrier, role);
        return side == null ? NONE : new Revisions(side.contract().getRevision(), side.deckRevision());
    }

    private static RateDeckChunk chunk(String deck, long revision, int chunk, int chunks, RateRow... rows) {
        return RateDeckChunk.newBuilder()
                .setDeck(deck)
                .setRevision(revision)
                .setChunk(chunk)
                .setChunks(chunks)
                .setRows(List.of(rows))
                .build();
    }

    private static Contract in(Calendar calendar, String carrier, Role side) {
        return Contract.newBuilder(References.contract(carrier + side, carrier, side, "EUR", "gold"))
                .setPeriodLength(calendar.length())
                .setPeriodZone(calendar.zone().getId())
                .build();
    }

    private boolean putCarrier(String id) {
        return view.put(Topic.CARRIERS.topic(), id, References.carrier(id));
    }

    private void put(Contract contract) {
        assertThat(view.put(Topic.CONTRACTS.topic(), contract.getId(), contract))
                .isTrue();
    }

    private void putDeck(String name, long revision, int chunk, int chunks) {
        RateDeckChunk piece = RateDeckChunk.newBuilder()
                .setDeck(name)
                .setRevision(revision)
                .setChunk(chunk)
                .setChunks(chunks)
                .setRows(List.of())
                .build();
        String key = name + "/" + revision + "/" + chunk;
        assertThat(view.put(Topic.RATE_DECKS.topic(), key, piece)).isTrue();
    }

    private static Contract contract(String id, Role side, String deck, long revision) {
        return Contract.newBuilder(References.contract(id, "acme", side, "EUR", deck))
                .setRevision(revision)
                .build();
    }
}
