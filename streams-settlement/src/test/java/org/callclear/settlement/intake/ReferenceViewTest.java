package org.callclear.settlement.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.intake.ReferenceView.Revisions;
import org.callclear.testkit.clearing.References;
import org.junit.jupiter.api.Test;

class ReferenceViewTest {
    private final ReferenceView view = new ReferenceView();

    @Test
    void withoutAContractThereIsNoRevision() {
        assertThat(view.inForce("acme", Role.ORIGINATING)).isEqualTo(Revisions.NONE);
    }

    @Test
    void theSideOfTheCallChoosesTheContract() {
        put(contract("a-out", Role.ORIGINATING, "gold", 4));
        put(contract("a-in", Role.TERMINATING, "iron", 7));
        putDeck("gold", 2, 0, 1);
        putDeck("iron", 5, 0, 1);

        assertThat(view.inForce("acme", Role.ORIGINATING)).isEqualTo(new Revisions(4, 2));
        assertThat(view.inForce("acme", Role.TERMINATING)).isEqualTo(new Revisions(7, 5));
        assertThat(view.inForce("zenith", Role.TERMINATING)).isEqualTo(Revisions.NONE);
    }

    @Test
    void aRevisionOfADeckHoldsOnceAllItsChunksAreThere() {
        put(contract("a-out", Role.ORIGINATING, "gold", 1));
        putDeck("gold", 1, 0, 1);
        putDeck("gold", 2, 1, 2);
        Revisions before = view.inForce("acme", Role.ORIGINATING);

        putDeck("gold", 2, 0, 2);

        assertThat(before).isEqualTo(new Revisions(1, 1));
        assertThat(view.inForce("acme", Role.ORIGINATING)).isEqualTo(new Revisions(1, 2));
    }

    @Test
    void anEarlierRevisionThatComesLaterDoesNotHold() {
        put(contract("a-out", Role.ORIGINATING, "gold", 1));
        putDeck("gold", 3, 0, 1);

        putDeck("gold", 2, 0, 1);

        assertThat(view.inForce("acme", Role.ORIGINATING).deck()).isEqualTo(3);
    }

    @Test
    void aContractWithoutADeckHasTheDeckRevisionZero() {
        put(contract("a-out", Role.ORIGINATING, "gold", 9));

        assertThat(view.inForce("acme", Role.ORIGINATING)).isEqualTo(new Revisions(9, 0));
    }

    @Test
    void whatIsGoneNoLongerHolds() {
        put(contract("a-out", Role.ORIGINATING, "gold", 1));
        putDeck("gold", 1, 0, 1);
        putDeck("gold", 2, 0, 1);

        view.remove(Topic.RATE_DECKS.topic(), "gold/2/0");
        Revisions withoutTheDeck = view.inForce("acme", Role.ORIGINATING);
        view.remove(Topic.CONTRACTS.topic(), "a-out");

        assertThat(withoutTheDeck).isEqualTo(new Revisions(1, 1));
        assertThat(view.inForce("acme", Role.ORIGINATING)).isEqualTo(Revisions.NONE);
    }

    @Test
    void ofTwoContractsTheFirstByIdHolds() {
        put(contract("b", Role.ORIGINATING, "gold", 8));
        put(contract("a", Role.ORIGINATING, "gold", 3));

        assertThat(view.inForce("acme", Role.ORIGINATING).contract()).isEqualTo(3);
    }

    @Test
    void carriersComeAndGo() {
        assertThat(putCarrier("zenith")).isTrue();
        assertThat(putCarrier("acme")).isTrue();
        assertThat(putCarrier("acme")).isTrue();
        assertThat(putCarrier("no carrier")).isFalse();
        List<String> all = view.carriers();

        view.remove(Topic.CARRIERS.topic(), "acme");

        assertThat(all).containsExactly("acme", "zenith");
        assertThat(view.carriers()).containsExactly("zenith");
    }

    @Test
    void aRecordOnTheWrongTopicChangesNothing() {
        Contract contract = contract("a-out", Role.ORIGINATING, "gold", 1);

        assertThat(view.put(Topic.RATE_DECKS.topic(), "a-out", contract)).isFalse();
        assertThat(view.inForce("acme", Role.ORIGINATING)).isEqualTo(Revisions.NONE);
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
