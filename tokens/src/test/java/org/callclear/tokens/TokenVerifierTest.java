package org.callclear.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.tokens.Samples.CLAIMS;
import static org.callclear.tokens.Samples.EXPECTED;
import static org.callclear.tokens.Samples.KEY;
import static org.callclear.tokens.Samples.NOW;
import static org.callclear.tokens.Samples.P256;
import static org.callclear.tokens.Samples.sign;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.callclear.schemas.avro.SetupRefusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
    private final Samples.AskedMemory memory = new Samples.AskedMemory();
    private final KeyRing ring = Samples.ring();
    private final TokenVerifier verifier = new TokenVerifier(ring, memory);

    static Stream<SigningKey> keys() {
        return Stream.of(KEY, P256);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void noBitOfAGoodTokenCanBeFlipped(SigningKey key) {
        byte[] good = sign(key, CLAIMS).getBytes(StandardCharsets.US_ASCII);

        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            Verdict verdict = verifier.verify(new String(flipped, StandardCharsets.ISO_8859_1), EXPECTED, NOW);
            assertThat(verdict).as("bit %d", bit).isInstanceOf(Verdict.Rejected.class);
        }
        assertThat(memory.asked).isEmpty();
    }

    @Test
    void anyTextGetsAVerdict() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String good = sign(KEY, CLAIMS);

        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int edits = random.nextInt(1, 6); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                text.replace(at, Math.min(text.length(), at + random.nextInt(3)), randomText(random));
            }
            if (!text.toString().equals(good)) {
                Verdict verdict = verifier.verify(text.toString(), EXPECTED, NOW);
                assertThat(verdict).as("seed %d, text %d", seed, i).isInstanceOf(Verdict.Rejected.class);
            }
        }
    }

    /** Claims that a key signed and yet are nonsense must end in a verdict, not in an exception. */
    @Test
    void anySignedNonsenseGetsAVerdict() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] good = ClaimsJson.encode(CLAIMS);

        for (int i = 0; i < 2_000; i++) {
            byte[] claims = good.clone();
            claims[random.nextInt(claims.length)] = (byte) random.nextInt(256);
            Verdict verdict = verifier.verify(sign(KEY, claims), EXPECTED, NOW);
            assertThat(verdict).as("seed %d, claims %d", seed, i).isNotNull();
        }
    }

    private static String randomText(Random random) {
        return random.ints(random.nextInt(3), 0, 0x2100)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @ParameterizedTest(name = "{0} s after it was issued: {1}")
    @CsvSource({"-31, NOT_YET_VALID", "-30, ", "0, ", "60, ", "89, ", "90, EXPIRED"})
    void clocksMayBeHalfAMinuteApart(long seconds, SetupRefusal refusal) {
        Verdict verdict = verifier.verify(sign(KEY, CLAIMS), EXPECTED, NOW.plusSeconds(seconds));

        assertThat(verdict).isEqualTo(refusal == null ? new Verdict.Accepted(CLAIMS) : new Verdict.Rejected(refusal));
    }

    /** The instant is of the administration's clock; the gateway's may be minutes behind it. */
    @ParameterizedTest(name = "revoked {0} s after the gateway''s now")
    @ValueSource(longs = {-3600, 0, 1, 31, 3600})
    void revokingAKeyEndsItsTokensAtOnceWhateverTheClockSays(long seconds) {
        String issuedBefore = sign(KEY, CLAIMS);
        ring.put(Samples.publicHalf(KEY, NOW.plusSeconds(seconds)));

        Verdict verdict = verifier.verify(issuedBefore, EXPECTED, NOW);

        assertThat(verdict).isEqualTo(new Verdict.Rejected(SetupRefusal.KEY_NOT_VALID));
    }

    @Test
    void onlyKeysThatOpenSomethingNowOrLaterAreBelieved() {
        assertThat(ring.believed(NOW)).containsExactlyInAnyOrder(KEY.keyId(), P256.keyId());
        assertThat(ring.believed(Samples.KEY_FROM.minusSeconds(1))).hasSize(2);
        assertThat(ring.believed(Samples.KEY_TO)).isEmpty();
    }

    @Test
    void aKeyWhoseTimeIsOverOpensNothing() {
        Instant after = Samples.KEY_TO.plus(TokenVerifier.SKEW);

        Verdict verdict = verifier.verify(sign(KEY, CLAIMS), EXPECTED, after);

        assertThat(verdict).isEqualTo(new Verdict.Rejected(SetupRefusal.KEY_NOT_VALID));
    }

    @Test
    void claimsThisVersionDoesNotKnowArePassedOver() {
        String json = new String(ClaimsJson.encode(CLAIMS), StandardCharsets.UTF_8);
        String token =
                sign(KEY, json.replace("{\"iss\"", "{\"later\":[1],\"iss\"").getBytes(StandardCharsets.UTF_8));

        Verdict verdict = verifier.verify(token, EXPECTED, NOW);

        assertThat(verdict).isEqualTo(new Verdict.Accepted(CLAIMS));
    }
}
