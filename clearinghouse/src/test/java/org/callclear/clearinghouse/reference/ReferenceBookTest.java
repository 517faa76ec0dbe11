package org.callclear.clearinghouse.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.callclear.clearinghouse.World;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.testkit.clearing.References;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceBookTest {
    private static final Instant NOW = World.NOW;
    private static final CarrierId ZENITH = new CarrierId("zenith");
    private static final E164Number LONDON = new E164Number("442079460000");
    private final ReferenceBook book = new World().book();

    private Quote quote() {
        return book.snapshot().terminating(ZENITH).orElseThrow().quote(LONDON, NOW, NOW.plus(World.OVER_WITHIN));
    }

    private String price() {
        return quote() instanceof Quote.Priced priced
                ? priced.terms().getRatePerMinute().toPlainString()
                : "none";
    }

    private static RateDeckChunk chunk(long revision, int chunk, String rate) {
        return RateDeckChunk.newBuilder()
                .setDeck("buy-zenith")
                .setRevision(revision)
                .setChunk(chunk)
                .setChunks(2)
                .setRows(List.of(References.row("44" + chunk, rate)))
                .build();
    }

    @Test
    void aNewRevisionHoldsOnlyWhenAllItsChunksAreThereInWhateverOrder() {
        RateDeckChunk second = RateDeckChunk.newBuilder()
                .setDeck("buy-zenith")
                .setRevision(2L)
                .setChunk(1)
                .setChunks(2)
                .setRows(List.of(References.row("44", "0.050000")))
                .build();
        book.put("buy-zenith/2/1", second);
        assertThat(price()).isEqualTo("0.010000");

        book.put("buy-zenith/2/0", chunk(2, 0, "0.060000"));

        assertThat(price()).isEqualTo("0.050000");
    }

    @Test
    void whenAPieceOfTheNewestRevisionGoesTheOneBeforeHoldsAgain() {
        book.put(
                "buy-zenith/2/0",
                RateDeckChunk.newBuilder()
                        .setDeck("buy-zenith")
                        .setRevision(2L)
                        .setChunk(0)
                        .setChunks(1)
                        .setRows(List.of(References.row("44", "0.050000")))
                        .build());

        book.removeDeckChunk("buy-zenith/2/0");

        assertThat(price()).isEqualTo("0.010000");
    }

    @Test
    void whatIsOlderThanTheRevisionInForceAndTheOneBeforeIsForgotten() {
        for (long revision = 2; revision <= 3; revision++) {
            for (int chunk = 0; chunk < 2; chunk++) {
                RateRow row = References.row(chunk == 0 ? "44" : "45", "0.0" + revision + "0000");
                book.put(
                        "buy-zenith/" + revision + "/" + chunk,
                        RateDeckChunk.newBuilder(chunk(revision, chunk, "0"))
                                .setRows(List.of(row))
                                .build());
            }
        }
        assertThat(price()).isEqualTo("0.030000");

        book.removeDeckChunk("buy-zenith/3/1");
        assertThat(price()).isEqualTo("0.020000");

        book.removeDeckChunk("buy-zenith/2/0");
        assertThat(price()).isEqualTo("none");
    }

    @Test
    void anOlderRevisionThatComesLateChangesNothing() {
        book.put(
                "buy-zenith/0/0",
                RateDeckChunk.newBuilder()
                        .setDeck("buy-zenith")
                        .setRevision(0L)
                        .setChunk(0)
                        .setChunks(1)
                        .setRows(List.of(References.row("44", "0.050000")))
                        .build());

        assertThat(price()).isEqualTo("0.010000");
    }

    @Test
    void aRowThatCannotBeSignedIsRefusedAndWhatHeldHoldsOn() {
        RateRow endless = RateRow.newBuilder(References.row("44", "0.050000"))
                .setIncrementSeconds(0)
                .build();

        assertThatThrownBy(() -> book.put(
                        "buy-zenith/2/0",
                        RateDeckChunk.newBuilder()
                                .setDeck("buy-zenith")
                                .setRevision(2L)
                                .setChunk(0)
                                .setChunks(1)
                                .setRows(List.of(endless))
                                .build()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(price()).isEqualTo("0.010000");
    }

    @Test
    void aContractInNoCurrencyIsRefused() {
        Contract contract = References.contract("zenith-in", "zenith", Role.TERMINATING, "XYZ", "buy-zenith");

        assertThatThrownBy(() -> book.put(contract)).isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<UnaryOperator<Contract.Builder>> uselessContracts() {
        BigDecimal lessThanNothing = new BigDecimal("-0.000001");
        return Stream.of(
                contract -> contract.setPeriodZone("Europe/Atlantis"),
                contract -> contract.setRoundingScale(7),
                contract -> contract.setToleranceSeconds(-1),
                contract -> contract.setFreeSeconds(-1),
                contract -> contract.setOneSidedDelaySeconds(-1),
                contract -> contract.setMinimumCharge(lessThanNothing),
                contract -> contract.setAttemptFee(lessThanNothing),
                contract -> contract.setGate(new DisputeGate(lessThanNothing, BigDecimal.ONE, GateRule.ANY)),
                contract -> contract.setGate(new DisputeGate(BigDecimal.ONE, lessThanNothing, GateRule.ANY)));
    }

    @ParameterizedTest
    @MethodSource("uselessContracts")
    void aContractThatCannotBeSettledByIsRefused(UnaryOperator<Contract.Builder> change) {
        Contract good = References.contract("zenith-in", "zenith", Role.TERMINATING, "EUR", "buy-zenith");
        Contract contract = change.apply(Contract.newBuilder(good)).build();

        assertThatCode(() -> book.put(good)).doesNotThrowAnyException();
        assertThatThrownBy(() -> book.put(contract)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void termsAreWhole() {
        RateTerms terms = ((Quote.Priced) quote()).terms();

        assertThat(terms.getContract()).isEqualTo("zenith-in");
        assertThat(terms.getContractRevision()).isEqualTo(1);
        assertThat(terms.getDeck()).isEqualTo("buy-zenith");
        assertThat(terms.getDeckRevision()).isEqualTo(1);
        assertThat(terms.getPrefix()).isEqualTo("44");
        assertThat(terms.getDestination()).isEqualTo("destination 44");
        assertThat(terms.getCurrency()).isEqualTo("EUR");
        assertThat(terms.getInitialSeconds()).isEqualTo(1);
        assertThat(terms.getRoundingScale()).isEqualTo(6);
    }

    @Test
    void aGatewayThatChangesItsPrefixesServesOnlyTheNewOnes() {
        book.put(References.gateway("zenith-1", "zenith", 1, "49"));

        assertThat(book.snapshot().serving(LONDON))
                .extracting(gateway -> gateway.id().value())
                .containsExactly("nadir-1");
    }

    @Test
    void aSnapshotThatWasTakenStaysAsItWas() {
        ReferenceSnapshot before = book.snapshot();

        book.removeCarrier("zenith");

        assertThat(before.isActive(ZENITH)).isTrue();
        assertThat(book.snapshot().isActive(ZENITH)).isFalse();
    }
}
