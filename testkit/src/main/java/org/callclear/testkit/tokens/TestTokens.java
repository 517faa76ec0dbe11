package org.callclear.testkit.tokens;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.CarrierId;
import org.callclear.tokens.Claims;
import org.callclear.tokens.Expected;
import org.callclear.tokens.KeyRing;

/** A fixed key, valid from 2000 to 2100, and good tokens signed with it. */
public final class TestTokens {
    /** Names the fixed key. */
    public static final String KEY_ID = "test-key";

    /** How long {@link #claims} live. */
    public static final Duration LIFE = Duration.ofSeconds(60);

    private static final Instant NOT_BEFORE = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant NOT_AFTER = Instant.parse("2100-01-01T00:00:00Z");
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** The public half of 32 bytes of 0x2a, in the wrapping of RFC 8410. */
    private static final String PUBLIC_KEY =
            "302a300506032b6570032100" + "197f6b23e16c8532c6abc838facd5ea789be0c76b2920334039bfa8b3d368d61";

    private static final int SEED = 0x2a;
    private static final int STRANGERS_SEED = 0x2b;

    private TestTokens() {}

    /** The public half, as administration would publish it on token-keys. */
    public static TokenKey publicKey() {
        return TokenKey.newBuilder()
                .setKeyId(KEY_ID)
                .setAlgorithm("EdDSA")
                .setPublicKey(ByteBuffer.wrap(HexFormat.of().parseHex(PUBLIC_KEY)))
                .setNotBefore(NOT_BEFORE)
                .setNotAfter(NOT_AFTER)
                .build();
    }

    /** A ring that holds the fixed key only. */
    public static KeyRing keyRing() {
        var ring = new KeyRing();
        ring.put(publicKey());
        return ring;
    }

    /**
     * Claims that are just what a gateway expects: leg 1, two hours at most, issued now for {@link #LIFE}.
     *
     * @param now cut to the second
     */
    public static Claims claims(Expected expected, CarrierId terminatingCarrier, Instant now) {
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        return new Claims(
                expected.issuer(),
                expected.gateway(),
                expected.transactionId(),
                issuedAt,
                issuedAt,
                issuedAt.plus(LIFE),
                expected.callId(),
                1,
                expected.calling(),
                expected.called(),
                expected.originatingCarrier(),
                terminatingCarrier,
                Duration.ofHours(2),
                terms());
    }

    /** 0.0100 EUR a minute, 30 seconds then steps of 6, no connect fee. */
    public static RateTerms terms() {
        return RateTerms.newBuilder()
                .setContract("test-contract")
                .setContractRevision(1L)
                .setDeck("test-deck")
                .setDeckRevision(1L)
                .setPrefix("44")
                .setDestination("United Kingdom")
                .setRatePerMinute(new BigDecimal("0.010000"))
                .setCurrency("EUR")
                .setInitialSeconds(30)
                .setIncrementSeconds(6)
                .setConnectFee(new BigDecimal("0.000000"))
                .setDurationRounding(DurationRounding.CEILING)
                .setIncrementAnchor(IncrementAnchor.AFTER_INITIAL)
                .setRoundingLevel(RoundingLevel.PER_CALL)
                .setRoundingRule(RoundingRule.HALF_UP)
                .setRoundingScale(6)
                .build();
    }

    /** The token of these claims, signed with the fixed key. */
    public static String sign(Claims claims) {
        return sign(SEED, header("EdDSA", KEY_ID), claims.toJson());
    }

    static String signedByStranger(Claims claims) {
        return sign(STRANGERS_SEED, header("EdDSA", KEY_ID), claims.toJson());
    }

    static String signed(String header, Claims claims) {
        return sign(SEED, header, claims.toJson());
    }

    static String header(String algorithm, String keyId) {
        return "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId + "\",\"typ\":\"callclear+jwt\"}";
    }

    static String encode(byte[] bytes) {
        return BASE64URL.encodeToString(bytes);
    }

    private static String sign(int seed, String header, byte[] claims) {
        String input = encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(claims);
        try {
            byte[] secret = new byte[32];
            Arrays.fill(secret, (byte) seed);
            PrivateKey key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }
}
