package org.callclear.systemtests;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Random;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.testkit.tokens.TestTokens;
import org.callclear.tokens.Claims;
import org.callclear.tokens.SigningKeys;
import org.callclear.tokens.TokenIssuer;

/** Makes good tokens of the clearinghouse's without asking it, each with the set-up that it is for. */
final class TokenMint {
    /** How long its tokens live: longer than any test of a storm. */
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final E164Number CALLING = new E164Number("4930111111111");

    private final SigningKeys keys;
    private final String keyId;
    private final String proxy;
    private final Random random;

    /**
     * @param keyId the key it signs with, of those in the ground's file
     * @param proxy in whose name the set-ups are
     */
    TokenMint(Ground ground, String keyId, String proxy, Random random) {
        this.keys = SigningKeys.open(ground.tokenKeyStore(), ground.tokenKeyPasswordFile());
        this.keyId = keyId;
        this.proxy = proxy;
        this.random = random;
    }

    /** The key it signs with. */
    String keyId() {
        return keyId;
    }

    /** A set-up that this gateway would let in. */
    SetupRequested setup(GatewayId gateway, E164Number called) {
        Claims claims = claims(gateway, called);
        return setup(claims, new TokenIssuer(keys).issue(claims, keyId));
    }

    /** The same, but signed with a key that nobody published. */
    SetupRequested ofUnknownKey(GatewayId gateway, E164Number called) {
        Claims claims = claims(gateway, called);
        return setup(claims, TestTokens.sign(claims));
    }

    private Claims claims(GatewayId gateway, E164Number called) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new Claims(
                World.ISSUER,
                gateway,
                new TransactionId("%016x%016x".formatted(random.nextLong(), random.nextLong())),
                now,
                now,
                now.plus(LIFE),
                CallId.mint(Instant.now(), random),
                1,
                CALLING,
                called,
                World.ACME,
                Objects.requireNonNull(World.DIRECTORY.gateways().get(gateway)),
                Duration.ofMinutes(5),
                TestTokens.terms());
    }

    private SetupRequested setup(Claims claims, String token) {
        return SetupRequested.newBuilder()
                .setCallId(claims.callId().toString())
                .setLeg(claims.leg())
                .setTransactionId(claims.transactionId().hex())
                .setOriginatingCarrier(World.ACME.value())
                .setProxy(proxy)
                .setToken(token)
                .setCalling(claims.calling().digits())
                .setCalled(claims.called().digits())
                .setSdp(ByteBuffer.wrap(Phone.OFFER.bytes()))
                .setSentAt(claims.issuedAt())
                .setDeadline(claims.expires())
                .build();
    }
}
