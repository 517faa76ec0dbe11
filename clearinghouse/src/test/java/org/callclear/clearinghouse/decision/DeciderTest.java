package org.callclear.clearinghouse.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.callclear.clearinghouse.World;
import org.callclear.clearinghouse.admission.Question;
import org.callclear.clearinghouse.reference.ReferenceBook;
import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.Carrier;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.SettlingSide;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.testkit.clearing.References;
import org.callclear.testkit.clearing.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeciderTest {
    private static final Instant NOW = World.NOW;
    private final World world = new World();
    private final Decider decider = new Decider(World.MAX_AGE, World.ALIVE_WITHIN, World.OVER_WITHIN);

    private Decision decide(Requests request) {
        return decide(request, "acme", NOW);
    }

    private Decision decide(Requests request, String asker, Instant writtenAt) {
        CallId callId = CallId.parse(request.request().getCallId());
        return decider.decide(
                new Question(request.request(), callId, new CarrierId(asker), writtenAt), world.snapshot(), NOW);
    }

    private static List<String> gateways(Decision decision) {
        return ((Decision.Granted) decision)
                .offers().stream().map(offer -> offer.gateway().id().value()).toList();
    }

    @Test
    void aGoodRequestIsGrantedWithTheTermsOfBothSides() {
        Decision decision = decide(Requests.aRequest(NOW, 1));

        assertThat(decision).asInstanceOf(type(Decision.Granted.class)).satisfies(granted -> {
            assertThat(granted.originationTerms().getContract()).isEqualTo("acme-out");
            assertThat(granted.originationTerms().getRatePerMinute()).isEqualByComparingTo("0.02");
            assertThat(granted.offers())
                    .hasSize(2)
                    .allSatisfy(offer ->
                            assertThat(offer.terms().getRatePerMinute()).isEqualByComparingTo("0.01"));
        });
    }

    @Test
    void theOriginatingContractSaysHowTheReportsWillBeCompared() {
        DisputeGate gate = new DisputeGate(new BigDecimal("5.000000"), new BigDecimal("0.100000"), GateRule.ALL);
        world.book()
                .put(Contract.newBuilder(References.contract("acme-out", "acme", Role.ORIGINATING, "EUR", "sell"))
                        .setToleranceSeconds(9)
                        .setSettlingSide(SettlingSide.MIN)
                        .setGate(gate)
                        .setOneSidedDelaySeconds(7200)
                        .build());

        Decision decision = decide(Requests.aRequest(NOW, 1));

        assertThat(((Decision.Granted) decision).agreement())
                .isEqualTo(new Agreement(9, SettlingSide.MIN, gate, 7200L));
    }

    @Test
    void aContractThatSplitsKnowsTheRateChangesUntilTheCallIsOverAtTheLatest() {
        Instant soon = NOW.plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        Instant tooLate = NOW.plus(World.OVER_WITHIN);
        world.book()
                .put(Contract.newBuilder(References.contract("acme-out", "acme", Role.ORIGINATING, "EUR", "sell"))
                        .setSplitAtRateChanges(true)
                        .build());
        world.deck("sell", rowUntil("0.020000", soon), rowFrom("0.030000", soon), rowFrom("0.040000", tooLate));

        Decision decision = decide(Requests.aRequest(NOW, 1));

        assertThat(((Decision.Granted) decision).originationTerms().getRateChanges())
                .containsExactly(new RateChange(soon, new BigDecimal("0.030000"), "44"));
    }

    private static RateRow rowUntil(String rate, Instant until) {
        return RateRow.newBuilder(References.row("44", rate)).setValidTo(until).build();
    }

    private static RateRow rowFrom(String rate, Instant from) {
        return RateRow.newBuilder(References.row("44", rate)).setValidFrom(from).build();
    }

    static Stream<Arguments> denials() {
        UnaryOperator<Requests> same = request -> request;
        Consumer<ReferenceBook> none = book -> {};
        return Stream.of(
                Arguments.of(DenialReason.UNKNOWN_CARRIER, same, change(book -> book.removeCarrier("acme"))),
                Arguments.of(
                        DenialReason.CARRIER_SUSPENDED,
                        same,
                        change(book -> book.put(new Carrier("acme", "Acme", PartyStatus.SUSPENDED, 2L)))),
                Arguments.of(DenialReason.CARRIER_MISMATCH, ask(request -> request.from("zenith")), none),
                Arguments.of(DenialReason.INVALID_CALLING_NUMBER, ask(request -> request.calling("anonymous")), none),
                Arguments.of(DenialReason.INVALID_CALLED_NUMBER, ask(request -> request.to("0044")), none),
                Arguments.of(DenialReason.INVALID_CALLED_NUMBER, ask(request -> request.to("12025550100")), none),
                Arguments.of(DenialReason.REQUEST_EXPIRED, ask(request -> request.askedAt(NOW.minusSeconds(6))), none),
                Arguments.of(
                        DenialReason.REQUEST_EXPIRED,
                        ask(request -> request.withCallId(
                                CallId.mint(NOW.minusSeconds(6), new Random(1)).toString())),
                        none),
                Arguments.of(
                        DenialReason.MALFORMED_REQUEST, ask(request -> request.askedAt(NOW.plusSeconds(31))), none),
                Arguments.of(DenialReason.NO_CONTRACT, same, change(book -> book.removeContract("acme-out"))),
                Arguments.of(DenialReason.NO_RATE, ask(request -> request.to("33142685300")), none),
                Arguments.of(DenialReason.NO_RATE, same, change(book -> book.removeDeckChunk("sell/1/0"))),
                Arguments.of(DenialReason.DESTINATION_BLOCKED, ask(request -> request.to("449001234567")), none),
                Arguments.of(DenialReason.NO_ROUTE, same, change(book -> {
                    book.removeGateway("zenith-1");
                    book.removeGateway("nadir-1");
                })),
                Arguments.of(DenialReason.NO_ROUTE, same, change(book -> {
                    book.removeContract("zenith-in");
                    book.put("buy-nadir/1/0", References.deck("buy-nadir", References.blocked("4420")));
                })),
                Arguments.of(DenialReason.NO_GATEWAY_ALIVE, same, change(book -> {
                    book.heard(
                            new GatewayId("zenith-1"),
                            References.status("zenith-1", "zenith", GatewayState.DRAINING, 9, NOW),
                            NOW);
                    book.heard(
                            new GatewayId("nadir-1"),
                            References.status("nadir-1", "nadir", GatewayState.UP, 0, NOW),
                            NOW);
                })));
    }

    private static UnaryOperator<Requests> ask(UnaryOperator<Requests> change) {
        return change;
    }

    private static Consumer<ReferenceBook> change(Consumer<ReferenceBook> change) {
        return change;
    }

    @ParameterizedTest
    @MethodSource("denials")
    void eachThingThatIsWrongHasItsOwnReason(
            DenialReason reason, UnaryOperator<Requests> ask, Consumer<ReferenceBook> change) {
        change.accept(world.book());

        Decision decision = decide(ask.apply(Requests.aRequest(NOW, 1)));

        assertThat(decision).asInstanceOf(type(Decision.Denied.class)).satisfies(denied -> {
            assertThat(denied.reason()).isEqualTo(reason);
            assertThat(denied.sipStatus()).isBetween(400, 699);
            assertThat(denied.q850Cause()).isBetween(1, 127);
            assertThat(denied.detail()).doesNotContain("5550100").doesNotContain("442079460000");
        });
    }

    @Test
    void aRecordThatWasWrittenLongAgoIsNotAnswered() {
        Decision decision = decide(Requests.aRequest(NOW, 1), "acme", NOW.minusSeconds(6));

        assertThat(decision)
                .asInstanceOf(type(Decision.Denied.class))
                .extracting(Decision.Denied::reason)
                .isEqualTo(DenialReason.REQUEST_EXPIRED);
    }

    @Test
    void aGatewayNotHeardOfLatelyIsNotOffered() {
        Instant old = NOW.minus(World.ALIVE_WITHIN).minusMillis(1);
        world.book().heard(new GatewayId("zenith-1"), References.up("zenith-1", "zenith", old), NOW);

        assertThat(gateways(decide(Requests.aRequest(NOW, 1)))).containsExactly("nadir-1");
    }

    @Test
    void aClockThatRunsAheadKeepsNoGatewayAlive() {
        Instant heard = NOW.minus(World.ALIVE_WITHIN).minusMillis(1);
        world.book().heard(new GatewayId("zenith-1"), References.up("zenith-1", "zenith", NOW.plusSeconds(60)), heard);

        assertThat(gateways(decide(Requests.aRequest(NOW, 1)))).containsExactly("nadir-1");
    }

    @Test
    void theCheapestMinuteComesFirstConnectFeeIncluded() {
        world.terminating("zenith", "EUR", References.row("44", "0.001000", "0.050000", RateStatus.ACTIVE_RATE))
                .terminating("nadir", "EUR", References.row("44", "0.030000"));

        assertThat(gateways(decide(Requests.aRequest(NOW, 1)))).containsExactly("nadir-1", "zenith-1");
    }

    @Test
    void amongEqualPricesTheLowerPriorityComesFirst() {
        world.gateway("nadir-1", "nadir", 0, "44");

        assertThat(gateways(decide(Requests.aRequest(NOW, 1)))).containsExactly("nadir-1", "zenith-1");
    }

    @Test
    void equalGatewaysShareTheCallsAndEachCallHasOneOrder() {
        long first = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Requests request = Requests.aRequest(NOW, seed);
            List<String> order = gateways(decide(request));
            assertThat(gateways(decide(request))).isEqualTo(order);
            first += order.getFirst().equals("zenith-1") ? 1 : 0;
        }
        assertThat(first).isBetween(400L, 600L);
    }

    @Test
    void anOfferInTheCurrencyOfTheCallerComesBeforeOthersWhateverTheNumbersSay() {
        world.terminating("zenith", "USD", References.row("44", "0.000001"));

        assertThat(gateways(decide(Requests.aRequest(NOW, 1)))).containsExactly("nadir-1", "zenith-1");
    }

    @Test
    void aShorterPrefixAndALowerPriceBeatALongerPrefix() {
        world.terminating("nadir", "EUR", References.row("44", "0.009000"))
                .gateway("zenith-1", "zenith", 1, "44207946");

        assertThat(gateways(decide(Requests.aRequest(NOW, 1)))).containsExactly("nadir-1", "zenith-1");
    }

    @Test
    void whateverTheWorldTheRoutesServeTheNumberAreAliveAndNotTooMany() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            World some = new World();
            for (int i = 0; i < 20; i++) {
                String carrier = random.nextBoolean() ? "zenith" : "nadir";
                String prefix = "442079".substring(0, 1 + random.nextInt(6));
                some.gateway("gw-" + i, carrier, random.nextInt(3), random.nextInt(4) == 0 ? "49" : prefix);
                Instant at = NOW.minus(Duration.ofSeconds(random.nextInt(20)));
                some.book().heard(new GatewayId("gw-" + i), References.up("gw-" + i, carrier, at), at);
            }
            Requests request = Requests.aRequest(NOW, seed).forAtMost(random.nextInt(25) - 2);
            CallId callId = CallId.parse(request.request().getCallId());
            Question question = new Question(request.request(), callId, new CarrierId("acme"), NOW);

            Decision decision = decider.decide(question, some.snapshot(), NOW);

            assertThat(decision)
                    .as("seed %d", seed)
                    .isEqualTo(decider.decide(question, some.snapshot(), NOW))
                    .asInstanceOf(type(Decision.Granted.class))
                    .satisfies(granted -> assertThat(granted.offers())
                            .hasSizeBetween(1, Math.clamp(request.request().getMaxGateways(), 1, 16))
                            .doesNotHaveDuplicates()
                            .allSatisfy(offer -> {
                                assertThat(some.snapshot().serving(new E164Number("442079460000")))
                                        .contains(offer.gateway());
                                assertThat(some.snapshot()
                                                .takesCalls(offer.gateway().id(), NOW, World.ALIVE_WITHIN))
                                        .isTrue();
                            }));
        }
    }
}
