package org.callclear.proxy.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.proxy.call.CallEvent;
import org.callclear.proxy.call.Failure;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.AuthorizationGranted;
import org.callclear.schemas.avro.AuthorizedRoute;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.SetupAnswered;
import org.callclear.schemas.avro.SetupFailed;
import org.callclear.schemas.avro.SetupProgress;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.call.TransactionId;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class AnswersTest {
    private static final String CALL = "01a207d9-2100-7298-9b59-a80bcdb24ba1";
    private static final String TX = "0123456789abcdef0123456789abcdef";
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

    private final SetupIds setupIds = SetupIds.fresh();
    private final Answers answers = new Answers("p1", setupIds);

    @Test
    void aGrantKeepsItsOrderAndEachRouteItsToken() {
        CallEvent event = heard(answers.response(granted("p1", route(1, "gw-1", "t1"), route(2, "gw-2", "t2"))));

        assertThat(event)
                .isInstanceOfSatisfying(
                        CallEvent.Granted.class,
                        granted -> assertThat(granted.routes())
                                .extracting(route -> route.leg().gateway() + " " + route.token())
                                .containsExactly("gw-1 t1", "gw-2 t2"));
    }

    @Test
    void aRouteThatCannotBeUsedIsLeftOut() {
        CallEvent event = heard(answers.response(granted(
                "p1",
                route(0, "gw-1", "t1"),
                route(2, "Not A Gateway", "t2"),
                route(3, "gw-3", ""),
                route(4, "gw-4", "t4"))));

        assertThat(event)
                .isInstanceOfSatisfying(
                        CallEvent.Granted.class,
                        granted -> assertThat(granted.routes())
                                .extracting(route -> route.leg().leg())
                                .containsExactly(4));
    }

    @Test
    void whatIsMeantForAnotherInstanceIsPassedOver() {
        assertThat(answers.response(granted("p2", route(1, "gw-1", "t1")))).isEmpty();
    }

    @Test
    void aDenialWithoutAUsableStatusIsAServerFailure() {
        AuthorizationDenied denied = AuthorizationDenied.newBuilder()
                .setCallId(CALL)
                .setProxy("p1")
                .setDecidedAt(AT)
                .setReason(DenialReason.NO_ROUTE)
                .setSipStatus(200)
                .setQ850Cause(0)
                .setDetail("")
                .build();

        assertThat(heard(answers.response(denied)))
                .isEqualTo(new CallEvent.Denied(new Failure(500, Cause.TEMPORARY_FAILURE)));
    }

    @Test
    void aDenialBringsWhenToTryAgainWhereThatIsAUsableTime() {
        AuthorizationDenied denied = AuthorizationDenied.newBuilder()
                .setCallId(CALL)
                .setProxy("p1")
                .setDecidedAt(AT)
                .setReason(DenialReason.LIMIT_CALL_RATE)
                .setSipStatus(503)
                .setQ850Cause(42)
                .setDetail("")
                .setRetryAfterSeconds(1)
                .build();

        assertThat(heard(answers.response(denied)))
                .isInstanceOfSatisfying(
                        CallEvent.Denied.class,
                        said -> assertThat(said.retryAfter()).hasSeconds(1));
        AuthorizationDenied never = AuthorizationDenied.newBuilder(denied)
                .setRetryAfterSeconds(1_000_000)
                .build();
        assertThat(heard(answers.response(never)))
                .isInstanceOfSatisfying(
                        CallEvent.Denied.class,
                        said -> assertThat(said.retryAfter()).isNull());
    }

    @Test
    void anAnswerBringsTheGatewaysSdp() {
        SetupAnswered answered = SetupAnswered.newBuilder()
                .setCallId(CALL)
                .setTransactionId(TX)
                .setProxy("p1")
                .setGateway("gw-1")
                .setSdp(ByteBuffer.wrap(new Sdp("v=0").bytes()))
                .setAnsweredAt(AT)
                .build();

        assertThat(heard(answers.setupEvent(answered)))
                .isInstanceOfSatisfying(
                        CallEvent.Answered.class,
                        event -> assertThat(event.sdp().text()).isEqualTo("v=0"));
    }

    @Test
    void aRefusalOfTheProxysOwnSetUpIsHeard() {
        assertThat(heard(answers.setupEvent(rejected(setupIds.of(TX)))))
                .isEqualTo(new CallEvent.Rejected(new TransactionId(TX), SetupRefusal.REPLAYED));
    }

    /** Whoever stole a token and presents it again must not end the call that it was made for. */
    @Test
    void aRefusalOfSomebodyElsesSetUpWithTheSameTokenIsNotHeard() {
        for (String other : List.of("", SetupIds.fresh().of(TX), setupIds.of("f".repeat(32)), "0".repeat(32))) {
            assertThat(answers.setupEvent(rejected(other))).as(other).isEmpty();
        }
    }

    @Test
    void liesAreNoEvents() {
        List<SpecificRecord> lies = List.of(
                failed("not-a-call", TX),
                failed(CALL, "NOT-HEX"),
                SetupProgress.newBuilder()
                        .setCallId(CALL)
                        .setTransactionId(TX)
                        .setProxy("p1")
                        .setGateway("gw-1")
                        .setSipStatus(200)
                        .setAt(AT)
                        .build(),
                granted("p1", route(1, "gw-1", "t1"))); // a grant does not belong among set-up events

        assertThat(lies).allSatisfy(lie -> assertThat(answers.setupEvent(lie)).isEmpty());
    }

    /** Whoever may write the topic chooses these strings; the log's lines are ours. */
    @Test
    void noForeignTextForgesALogLineOrFillsTheDisk() {
        String forged = "x\n06:00 ERROR forged\r\u001b[2J" + "y".repeat(1_000_000);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Answers.class);
        log.start();
        logger.addAppender(log);
        try {
            answers.setupEvent(failed(forged, TX));
            answers.setupEvent(failed(CALL, forged));
            answers.response(granted("p1", route(1, forged, "t1")));
            answers.response(AuthorizationGranted.newBuilder(granted("p1", route(0, "gw-1", "t1")))
                    .setCallId(forged)
                    .build());
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .hasSizeGreaterThanOrEqualTo(4)
                .extracting(ILoggingEvent::getFormattedMessage)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(400).matches("[ -~]+"));
    }

    private static CallEvent heard(Optional<Answers.Said> said) {
        return said.orElseThrow().event();
    }

    private static SetupRejected rejected(String setupId) {
        return SetupRejected.newBuilder()
                .setCallId(CALL)
                .setTransactionId(TX)
                .setProxy("p1")
                .setGateway("gw-1")
                .setRefusal(SetupRefusal.REPLAYED)
                .setAt(AT)
                .setSetupId(setupId)
                .build();
    }

    private static SetupFailed failed(String call, String tx) {
        return SetupFailed.newBuilder()
                .setCallId(call)
                .setTransactionId(tx)
                .setProxy("p1")
                .setGateway("gw-1")
                .setSipStatus(486)
                .setQ850Cause(17)
                .setAt(AT)
                .build();
    }

    private static AuthorizationGranted granted(String proxy, AuthorizedRoute... routes) {
        return AuthorizationGranted.newBuilder()
                .setCallId(CALL)
                .setProxy(proxy)
                .setDecidedAt(AT)
                .setRoutes(List.of(routes))
                .build();
    }

    private static AuthorizedRoute route(int leg, String gateway, String token) {
        return AuthorizedRoute.newBuilder()
                .setLeg(leg)
                .setGateway(gateway)
                .setTerminatingCarrier("zenith")
                .setTransactionId(TX)
                .setToken(token)
                .setExpiresAt(AT)
                .setMaxDurationSeconds(3600)
                .build();
    }
}
