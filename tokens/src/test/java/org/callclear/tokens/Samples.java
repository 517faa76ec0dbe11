package org.callclear.tokens;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.jspecify.annotations.Nullable;

/** One call, one instant and four keys whose private halves everybody may know. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final Instant KEY_FROM = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant KEY_TO = Instant.parse("2027-01-01T00:00:00Z");
    static final SigningKey KEY = key(1);
    static final SigningKey REVOKED = key(2);
    static final SigningKey STRANGER = key(3);
    /** On P-256, as hardware has it. */
    static final SigningKey P256 = SigningKey.of(new TestP256(BigInteger.valueOf(4)), KEY_FROM, KEY_TO);

    static final Claims CLAIMS = new Claims(
            "callclear",
            new GatewayId("zenith-1"),
            new TransactionId("00112233445566778899aabbccddeeff"),
            NOW,
            NOW,
            NOW.plusSeconds(60),
            CallId.parse("019aaf8e-3c00-7000-8000-000000000001"),
            1,
            new E164Number("4930123456"),
            new E164Number("442071234567"),
            new CarrierId("acme"),
            new CarrierId("zenith"),
            Duration.ofHours(2),
            terms("0.0102"));

    static final Expected EXPECTED = new Expected(
            CLAIMS.issuer(),
            CLAIMS.audience(),
            CLAIMS.callId(),
            CLAIMS.transactionId(),
            CLAIMS.originatingCarrier(),
            CLAIMS.calling(),
            CLAIMS.called());

    private Samples() {}

    static RateTerms terms(String ratePerMinute) {
        return RateTerms.newBuilder()
                .setContract("zenith-in")
                .setContractRevision(3L)
                .setDeck("zenith-2026")
                .setDeckRevision(12L)
                .setPrefix("4420")
                .setDestination("United Kingdom, London")
                .setRatePerMinute(new BigDecimal(ratePerMinute))
                .setCurrency("EUR")
                .setInitialSeconds(30)
                .setIncrementSeconds(6)
                .setConnectFee(new BigDecimal("0.01"))
                .setDurationRounding(DurationRounding.CEILING)
                .setIncrementAnchor(IncrementAnchor.AFTER_INITIAL)
                .setRoundingLevel(RoundingLevel.PER_CALL)
                .setRoundingRule(RoundingRule.HALF_UP)
                .setRoundingScale(6)
                .build();
    }

    /** Terms that differ from the usual in all that a contract may say. */
    static RateTerms unusualTerms() {
        return RateTerms.newBuilder(terms("0.010200"))
                .setConnectFee(new BigDecimal("0.010000"))
                .setFreeSeconds(5)
                .setFreeSecondsRule(FreeSecondsRule.THRESHOLD)
                .setMinimumCharge(new BigDecimal("0.030000"))
                .setAttemptFee(new BigDecimal("0.001000"))
                .setRateChanges(List.of(
                        new RateChange(NOW.plusMillis(1500), new BigDecimal("0.020400"), "44207"),
                        new RateChange(NOW.plusSeconds(3600), new BigDecimal("0.000000"), "44")))
                .setPeriodLength(PeriodLength.WEEK)
                .setPeriodZone("Europe/Berlin")
                .build();
    }

    static Claims claims(RateTerms terms) {
        return new Claims(
                CLAIMS.issuer(),
                CLAIMS.audience(),
                CLAIMS.transactionId(),
                CLAIMS.issuedAt(),
                CLAIMS.notBefore(),
                CLAIMS.expires(),
                CLAIMS.callId(),
                CLAIMS.leg(),
                CLAIMS.calling(),
                CLAIMS.called(),
                CLAIMS.originatingCarrier(),
                CLAIMS.terminatingCarrier(),
                CLAIMS.maxDuration(),
                terms);
    }

    static SigningKey key(int seed) {
        byte[] secret = new byte[Ed25519PrivateKeyParameters.KEY_SIZE];
        Arrays.fill(secret, (byte) seed);
        return SigningKey.of(new Ed25519Signer(new Ed25519PrivateKeyParameters(secret)), KEY_FROM, KEY_TO);
    }

    static TokenKey publicHalf(SigningKey key, @Nullable Instant revokedAt) {
        return TokenKey.newBuilder(key.publicHalf()).setRevokedAt(revokedAt).build();
    }

    /** The keys that hold, one of each algorithm, and the revoked one; the stranger's is not in it. */
    static KeyRing ring() {
        var ring = new KeyRing();
        ring.put(publicHalf(KEY, null));
        ring.put(publicHalf(P256, null));
        ring.put(publicHalf(REVOKED, NOW.minusSeconds(1)));
        return ring;
    }

    /** Signs any bytes as claims. */
    static String sign(SigningKey key, byte[] payload) {
        return sign(key, Jws.signingInput(key.signer().algorithm(), key.keyId(), payload));
    }

    /** Signs any text as header and claims. */
    static String sign(SigningKey key, String input) {
        return input + "." + Jws.encode(key.sign(input.getBytes(StandardCharsets.UTF_8)));
    }

    static String sign(SigningKey key, Claims claims) {
        return sign(key, ClaimsJson.encode(claims));
    }

    /** A memory that tells what it was asked. */
    static final class AskedMemory implements ReplayMemory {
        final Set<TransactionId> asked = new HashSet<>();

        @Override
        public CompletableFuture<Use> use(TransactionId id, Instant issued, Instant expires) {
            return CompletableFuture.completedFuture(asked.add(id) ? Use.FIRST : Use.REPEATED);
        }

        @Override
        public void close() {}
    }
}
