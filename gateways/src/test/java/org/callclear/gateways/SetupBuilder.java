package org.callclear.gateways;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.Claims;

/** A set-up as an honest proxy asks for it, with one thing after another changed by a test. */
public final class SetupBuilder {
    private final Instant now;
    private final Function<Claims, String> sign;
    private Claims claims;
    private UnaryOperator<String> token = UnaryOperator.identity();
    private UnaryOperator<SetupRequested.Builder> request = UnaryOperator.identity();

    SetupBuilder(Instant now, CallId call, TransactionId transaction, Function<Claims, String> sign) {
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.sign = sign;
        this.claims = new Claims(
                GatewayWorld.ISSUER,
                GatewayWorld.GATEWAY,
                transaction,
                this.now,
                this.now.minusSeconds(1),
                this.now.plusSeconds(60),
                call,
                1,
                new E164Number("4420700001"),
                new E164Number("35315550100"),
                new CarrierId("acme"),
                new CarrierId("zenith"),
                Duration.ofMinutes(2),
                terms());
    }

    /** Changes what the token says. The request goes on saying what the original token said. */
    public SetupBuilder claiming(UnaryOperator<Claims> change) {
        Claims honest = claims;
        Claims changed = change.apply(honest);
        token = ignored -> sign.apply(changed);
        return this;
    }

    /** Changes the compact token. */
    public SetupBuilder token(UnaryOperator<String> change) {
        UnaryOperator<String> before = token;
        token = text -> change.apply(before.apply(text));
        return this;
    }

    /** Changes the record. */
    public SetupBuilder with(UnaryOperator<SetupRequested.Builder> change) {
        UnaryOperator<SetupRequested.Builder> before = request;
        request = builder -> change.apply(before.apply(builder));
        return this;
    }

    /** Calls another number, in the token and in the request. */
    public SetupBuilder calling(String called) {
        claims = copy(claims, claims.leg(), new E164Number(called), claims.terminatingCarrier(), claims.maxDuration());
        return this;
    }

    /** May talk for so long, in the token and in fact. */
    public SetupBuilder atMost(Duration maxDuration) {
        claims = copy(claims, claims.leg(), claims.called(), claims.terminatingCarrier(), maxDuration);
        return this;
    }

    /** The claims with another leg and terminating carrier. */
    public static Claims copy(
            Claims c, int leg, E164Number called, CarrierId terminatingCarrier, Duration maxDuration) {
        return new Claims(
                c.issuer(),
                c.audience(),
                c.transactionId(),
                c.issuedAt(),
                c.notBefore(),
                c.expires(),
                c.callId(),
                leg,
                c.calling(),
                called,
                c.originatingCarrier(),
                terminatingCarrier,
                maxDuration,
                c.terminationTerms());
    }

    /** The claims with another issuer, audience and times. */
    public static Claims copy(Claims c, String issuer, GatewayId audience, Instant issued, Instant expires) {
        return new Claims(
                issuer,
                audience,
                c.transactionId(),
                issued,
                issued,
                expires,
                c.callId(),
                c.leg(),
                c.calling(),
                c.called(),
                c.originatingCarrier(),
                c.terminatingCarrier(),
                c.maxDuration(),
                c.terminationTerms());
    }

    /** The record. */
    public SetupRequested build() {
        SetupRequested.Builder builder = SetupRequested.newBuilder()
                .setCallId(claims.callId().toString())
                .setLeg(claims.leg())
                .setTransactionId(claims.transactionId().hex())
                .setOriginatingCarrier(claims.originatingCarrier().value())
                .setProxy("p1")
                .setToken(token.apply(sign.apply(claims)))
                .setCalling(claims.calling().digits())
                .setCalled(claims.called().digits())
                .setSdp(ByteBuffer.wrap("v=0\r\noffer".getBytes(StandardCharsets.US_ASCII)))
                .setSentAt(now)
                .setDeadline(now.plusSeconds(5))
                .setSetupId("set-up-1");
        return request.apply(builder).build();
    }

    private static RateTerms terms() {
        return RateTerms.newBuilder()
                .setContract("zenith-in")
                .setContractRevision(1)
                .setDeck("zenith-deck")
                .setDeckRevision(1)
                .setPrefix("353")
                .setDestination("Ireland")
                .setRatePerMinute(new BigDecimal("0.010000"))
                .setCurrency("EUR")
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(new BigDecimal("0.000000"))
                .setDurationRounding(DurationRounding.CEILING)
                .setIncrementAnchor(IncrementAnchor.AFTER_INITIAL)
                .setRoundingLevel(RoundingLevel.PER_CALL)
                .setRoundingRule(RoundingRule.HALF_UP)
                .setRoundingScale(6)
                .build();
    }
}
