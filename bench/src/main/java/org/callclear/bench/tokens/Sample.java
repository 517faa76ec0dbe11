package org.callclear.bench.tokens;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.Claims;
import org.callclear.tokens.Expected;
import org.callclear.tokens.KeyRing;
import org.callclear.tokens.ReplayMemory;
import org.callclear.tokens.SigningKeys;
import org.callclear.tokens.TokenIssuer;
import org.callclear.tokens.TokenVerifier;
import org.callclear.tokens.Verdict;

/** Some calls' claims and tokens, the product's own ways to issue and verify them, and a bare key beside it. */
final class Sample {
    private static final int CALLS = 64;
    private static final GatewayId GATEWAY = new GatewayId("zenith-1");
    private static final String ISSUER = "clearinghouse.example";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<Claims> claims = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<byte[]> inputs = new ArrayList<>();
    private final List<byte[]> signatures = new ArrayList<>();
    private final Ed25519PrivateKeyParameters bare = new Ed25519PrivateKeyParameters(new SecureRandom());
    private final Ed25519PublicKeyParameters publicHalf = bare.generatePublicKey();
    private final TokenIssuer issuer;
    private final TokenVerifier verifier;
    private final String keyId;

    private Sample(SigningKeys keys) {
        this.issuer = new TokenIssuer(keys);
        this.keyId = keys.activeKeyId(now).orElseThrow();
        KeyRing ring = new KeyRing();
        keys.publicKeys().forEach(ring::put);
        this.verifier = new TokenVerifier(ring, new NothingSeen());
        Random random = new Random(1);
        for (int i = 0; i < CALLS; i++) {
            claims.add(claims(i, random));
            String token = issuer.issue(claims.get(i), keyId);
            tokens.add(token);
            inputs.add(token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII));
            signatures.add(sign(i));
        }
    }

    /** No token is used here, only examined. */
    private static final class NothingSeen implements ReplayMemory {
        @Override
        public CompletableFuture<Use> use(TransactionId id, Instant issued, Instant expires) {
            throw new IllegalStateException("not asked");
        }

        @Override
        public void close() {}
    }

    static Sample make() {
        return new Sample(Keys.make(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }

    String issue(int turn) {
        return issuer.issue(claims.get(turn % CALLS), keyId);
    }

    byte[] input(int turn) {
        return inputs.get(turn % CALLS);
    }

    byte[] sign(int turn) {
        return signBytes(input(turn));
    }

    byte[] signBytes(byte[] message) {
        byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
        bare.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    boolean check(int turn) {
        return checkBytes(input(turn), signatures.get(turn % CALLS));
    }

    boolean checkBytes(byte[] message, byte[] signature) {
        return publicHalf.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    }

    boolean examine(int turn) {
        Claims of = claims.get(turn % CALLS);
        Expected expected = new Expected(
                ISSUER, GATEWAY, of.callId(), of.transactionId(), of.originatingCarrier(), of.calling(), of.called());
        return verifier.examine(tokens.get(turn % CALLS), expected, now) instanceof Verdict.Accepted;
    }

    private Claims claims(int i, Random random) {
        return new Claims(
                ISSUER,
                GATEWAY,
                new TransactionId("%016x%016x".formatted(random.nextLong(), random.nextLong())),
                now,
                now,
                now.plusSeconds(60),
                CallId.mint(now, random),
                1,
                new E164Number("4930" + (1_000_000 + i)),
                new E164Number("35315" + (100_000 + i)),
                new CarrierId("acme"),
                new CarrierId("zenith"),
                Duration.ofHours(2),
                RateTerms.newBuilder()
                        .setContract("zenith-in")
                        .setContractRevision(1)
                        .setDeck("gold")
                        .setDeckRevision(1)
                        .setPrefix("353")
                        .setDestination("Ireland")
                        .setRatePerMinute(new BigDecimal("0.010000"))
                        .setCurrency("EUR")
                        .setInitialSeconds(30)
                        .setIncrementSeconds(6)
                        .setConnectFee(new BigDecimal("0.000000"))
                        .build());
    }
}
