package org.callclear.proxy.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.proxy.call.GatewayLeg;
import org.callclear.proxy.call.Invitation;
import org.callclear.proxy.call.Route;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.SetupCancelled;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;
import org.junit.jupiter.api.Test;

final class KafkaExchangeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MockProducer<String, SpecificRecord> producer =
            new MockProducer<>(true, null, new StringSerializer(), (topic, data) -> new byte[0]);
    private final SetupIds setupIds = SetupIds.fresh();
    private final KafkaExchange exchange =
            new KafkaExchange(producer, new CarrierId("acme"), "p1", 3, setupIds, Clock.fixed(NOW, ZoneOffset.UTC));
    private final Invitation call = new Invitation(
            CallId.mint(NOW, new Random(1)),
            "sip-1",
            new E164Number("15550100001"),
            new E164Number("442079460001"),
            new Sdp("v=0"),
            NOW);
    private final Route route = new Route(
            new GatewayLeg(
                    2,
                    new GatewayId("gw-1"),
                    new CarrierId("zenith"),
                    new TransactionId("0123456789abcdef0123456789abcdef")),
            "token-of-gw-1",
            Duration.ofHours(1));

    @Test
    void aRequestGoesToTheCarriersTopicAndNamesWhomToAnswer() {
        exchange.ask(call, NOW.plusSeconds(6));
        await().atMost(PATIENCE).until(() -> producer.history().size() == 1);

        var record = producer.history().getFirst();
        assertThat(record.topic()).isEqualTo("carrier.acme.authorization-requests");
        assertThat(record.key()).isEqualTo(call.id().toString());
        assertThat(new String(record.headers().lastHeader("reply-to").value(), StandardCharsets.UTF_8))
                .isEqualTo("p1");
        assertThat(record.value()).isInstanceOfSatisfying(AuthorizationRequest.class, request -> {
            assertThat(request.getProxy()).isEqualTo("p1");
            assertThat(request.getMaxGateways()).isEqualTo(3);
            assertThat(request.getRequestedAt()).isEqualTo(NOW);
        });
    }

    @Test
    void aSetUpAndItsCancelStandInOrderOnTheGatewaysTopic() {
        CompletableFuture<Void> safe =
                exchange.setUp(call, route, NOW, NOW.plusSeconds(5)).toCompletableFuture();
        exchange.cancel(call.id(), route.leg(), Cause.NORMAL, NOW);
        await().atMost(PATIENCE).until(() -> producer.history().size() == 2);

        assertThat(safe).isCompleted();
        assertThat(producer.history()).allMatch(record -> record.topic().equals("gateway.gw-1.setup-requests"));
        assertThat(producer.history().getFirst().value()).isInstanceOfSatisfying(SetupRequested.class, setup -> {
            assertThat(setup.getToken()).isEqualTo("token-of-gw-1");
            assertThat(setup.getLeg()).isEqualTo(2);
            assertThat(setupIds.isOwn(setup.getTransactionId(), setup.getSetupId()))
                    .isTrue();
        });
        assertThat(producer.history().getLast().value()).isInstanceOf(SetupCancelled.class);
    }

    @Test
    void aSetUpWhoseDeadlineHasPassedIsNotSent() {
        CompletableFuture<Void> safe =
                exchange.setUp(call, route, NOW, NOW.minusMillis(1)).toCompletableFuture();

        await().atMost(PATIENCE).until(safe::isCompletedExceptionally);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aClosedExchangeSaysSoInsteadOfLosingAReport() {
        exchange.close();

        assertThat(exchange.setUp(call, route, NOW, NOW.plusSeconds(5)).toCompletableFuture())
                .isCompletedExceptionally();
    }
}
