package org.callclear.gateways.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.callclear.gateways.GatewayWorld;
import org.callclear.gateways.SetupBuilder;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GateTest {
    private static final String OTHER_CALL = "019ab2c3-0000-7000-8000-000000000001";

    @TempDir
    Path directory;

    private GatewayWorld world;

    @BeforeEach
    void open() {
        world = new GatewayWorld(directory, 2);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anHonestSetupIsLetInWithWhatItsTokenProves() {
        SetupRequested setup = world.aSetup()
                .calling("35315550123")
                .atMost(Duration.ofSeconds(90))
                .build();

        Judgement judgement = world.judge(setup);

        assertThat(judgement).isInstanceOfSatisfying(Judgement.LetIn.class, in -> {
            assertThat(in.facts().call()).hasToString(setup.getCallId());
            assertThat(in.facts().called()).isEqualTo(new E164Number("35315550123"));
            assertThat(in.facts().maxDuration()).isEqualTo(Duration.ofSeconds(90));
            assertThat(in.facts().originating()).isEqualTo(new CarrierId("acme"));
            assertThat(in.facts().terminating()).isEqualTo(GatewayWorld.CARRIER);
            assertThat(in.facts().proxy()).isEqualTo("p1");
            assertThat(in.offer().bytes()).isEqualTo(setup.getSdp().array());
        });
        assertThat(world.channels.taken()).isEqualTo(1);
    }

    /** A lie, and the reason it is refused for. */
    static Stream<Arguments> lies() {
        return Stream.of(
                lie("call id of no form", SetupRefusal.MALFORMED_SETUP, s -> s.with(r -> r.setCallId("17"))),
                lie("calling number of no form", SetupRefusal.MALFORMED_SETUP, s -> s.with(r -> r.setCalling("+1"))),
                lie("called number of no form", SetupRefusal.MALFORMED_SETUP, s -> s.with(r -> r.setCalled("0123"))),
                lie(
                        "transaction id of no form",
                        SetupRefusal.MALFORMED_SETUP,
                        s -> s.with(r -> r.setTransactionId("X"))),
                lie(
                        "carrier of no form",
                        SetupRefusal.MALFORMED_SETUP,
                        s -> s.with(r -> r.setOriginatingCarrier("A.b"))),
                lie("proxy of no form", SetupRefusal.MALFORMED_SETUP, s -> s.with(r -> r.setProxy(""))),
                lie("leg zero", SetupRefusal.MALFORMED_SETUP, s -> s.with(r -> r.setLeg(0))),
                lie(
                        "endless SDP",
                        SetupRefusal.MALFORMED_SETUP,
                        s -> s.with(r -> r.setSdp(ByteBuffer.allocate(Setup.LONGEST_SDP + 1)))),
                lie(
                        "deadline passed",
                        SetupRefusal.SETUP_TOO_LATE,
                        s -> s.with(r -> r.setDeadline(r.getSentAt().minusMillis(1)))),
                lie("token too large", SetupRefusal.TOKEN_TOO_LARGE, s -> s.token(t -> t + "A".repeat(100_000))),
                lie("no token", SetupRefusal.TOKEN_MALFORMED, s -> s.token(t -> "")),
                lie("token cut short", SetupRefusal.TOKEN_MALFORMED, s -> s.token(t -> t.substring(0, t.length() / 2))),
                lie(
                        "one bit of the signature changed",
                        SetupRefusal.BAD_SIGNATURE,
                        s -> s.token(GateTest::flipSignature)),
                lie("one bit of the claims changed", SetupRefusal.BAD_SIGNATURE, s -> s.token(GateTest::flipClaim)),
                lie(
                        "another issuer",
                        SetupRefusal.OTHER_ISSUER,
                        s -> s.claiming(c -> SetupBuilder.copy(c, "someone", c.audience(), c.issuedAt(), c.expires()))),
                lie(
                        "another gateway",
                        SetupRefusal.OTHER_GATEWAY,
                        s -> s.claiming(c ->
                                SetupBuilder.copy(c, c.issuer(), new GatewayId("other-1"), c.issuedAt(), c.expires()))),
                lie(
                        "not yet valid",
                        SetupRefusal.NOT_YET_VALID,
                        s -> s.claiming(c -> SetupBuilder.copy(
                                c,
                                c.issuer(),
                                c.audience(),
                                c.issuedAt().plusSeconds(300),
                                c.expires().plusSeconds(300)))),
                lie(
                        "expired",
                        SetupRefusal.EXPIRED,
                        s -> s.claiming(c -> SetupBuilder.copy(
                                c,
                                c.issuer(),
                                c.audience(),
                                c.issuedAt().minusSeconds(900),
                                c.expires().minusSeconds(900)))),
                lie(
                        "another calling number",
                        SetupRefusal.OTHER_CALLING_NUMBER,
                        s -> s.with(r -> r.setCalling("4420700002"))),
                lie(
                        "another called number",
                        SetupRefusal.OTHER_CALLED_NUMBER,
                        s -> s.with(r -> r.setCalled("35315550101"))),
                lie(
                        "another carrier",
                        SetupRefusal.OTHER_ORIGINATING_CARRIER,
                        s -> s.with(r -> r.setOriginatingCarrier("mallory"))),
                lie(
                        "another transaction",
                        SetupRefusal.OTHER_TRANSACTION,
                        s -> s.with(r -> r.setTransactionId("0".repeat(32)))),
                lie("another leg", SetupRefusal.OTHER_TRANSACTION, s -> s.with(r -> r.setLeg(2))),
                lie(
                        "another carrier to be paid",
                        SetupRefusal.OTHER_GATEWAY,
                        s -> s.claiming(c ->
                                SetupBuilder.copy(c, c.leg(), c.called(), new CarrierId("mallory"), c.maxDuration()))));
    }

    private static Arguments lie(String name, SetupRefusal refusal, Function<SetupBuilder, SetupBuilder> change) {
        return Arguments.of(name, refusal, change);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lies")
    void aLieIsRefusedForItsReasonAndHoldsNoChannel(
            String name, SetupRefusal refusal, Function<SetupBuilder, SetupBuilder> change) {
        SetupRequested setup = change.apply(world.aSetup()).build();

        Judgement judgement = world.judge(setup);

        assertThat(judgement).as(name).isEqualTo(new Judgement.Refused(refusal));
        assertThat(world.channels.taken()).isZero();
        assertThat(world.memory.asked())
                .as("lies use no token up and fill no memory")
                .isZero();
    }

    @Test
    void aTokenMadeOutForAnotherCallOpensNothing() {
        SetupRequested setup = world.aSetup().with(r -> r.setCallId(OTHER_CALL)).build();

        assertThat(world.judge(setup)).isEqualTo(new Judgement.Refused(SetupRefusal.OTHER_CALL));
    }

    @Test
    void aRecordUnderAnotherKeyThanItsCallIsMalformed() {
        SetupRequested setup = world.aSetup().build();

        assertThat(world.gate.judge(OTHER_CALL, setup, world.clock).join())
                .isEqualTo(new Judgement.Refused(SetupRefusal.MALFORMED_SETUP));
    }

    @Test
    void aTokenOpensOnce() {
        SetupRequested setup = world.aSetup().build();
        world.judge(setup);

        assertThat(world.judge(setup)).isEqualTo(new Judgement.Refused(SetupRefusal.REPLAYED));
        assertThat(world.channels.taken()).isEqualTo(1);
    }

    @Test
    void aRevokedKeyOpensNothingFromThenOn() {
        TokenKey key = world.publicKey();
        world.keys.put(TokenKey.newBuilder(key)
                .setRevokedAt(world.clock.instant().minusSeconds(1))
                .build());

        assertThat(world.judge(world.aSetup().build())).isEqualTo(new Judgement.Refused(SetupRefusal.KEY_NOT_VALID));
    }

    @Test
    void aKeyNobodyAnnouncedOpensNothing() {
        world.keys.remove(world.publicKey().getKeyId());

        assertThat(world.judge(world.aSetup().build())).isEqualTo(new Judgement.Refused(SetupRefusal.UNKNOWN_KEY));
    }

    @Test
    void aFullGatewayDoesNotUseTheTokenUp() {
        world.judge(world.aSetup().build());
        world.judge(world.aSetup().build());
        SetupRequested third = world.aSetup().build();

        assertThat(world.judge(third)).isEqualTo(new Judgement.Refused(SetupRefusal.NO_FREE_CHANNEL));
        world.channels.giveBack();
        assertThat(world.judge(third)).isInstanceOf(Judgement.LetIn.class);
    }

    @Test
    void aDrainingGatewayLetsNothingIn() {
        world.gate.drain();

        assertThat(world.judge(world.aSetup().build())).isEqualTo(new Judgement.Refused(SetupRefusal.DRAINING));
    }

    private static String flipSignature(String token) {
        int at = token.lastIndexOf('.') + 5;
        return flip(token, at);
    }

    private static String flipClaim(String token) {
        return flip(token, token.indexOf('.') + 20);
    }

    private static String flip(String token, int at) {
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        return token.substring(0, at) + other + token.substring(at + 1);
    }
}
