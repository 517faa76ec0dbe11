package org.callclear.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.tokens.Samples.CLAIMS;
import static org.callclear.tokens.Samples.EXPECTED;
import static org.callclear.tokens.Samples.NOW;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.callclear.schemas.avro.SetupRefusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgedTokensTest {
    private final Samples.AskedMemory memory = new Samples.AskedMemory();
    private final TokenVerifier verifier = new TokenVerifier(Samples.ring(), memory);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            token-too-large, TOKEN_TOO_LARGE
            token-empty, TOKEN_MALFORMED
            token-two-parts, TOKEN_MALFORMED
            token-four-parts, TOKEN_MALFORMED
            token-empty-signature, TOKEN_MALFORMED
            token-short-signature, TOKEN_MALFORMED
            token-padded, TOKEN_MALFORMED
            token-trailing-bits, TOKEN_MALFORMED
            token-standard-base64, TOKEN_MALFORMED
            token-line-break, TOKEN_MALFORMED
            token-header-jwk, TOKEN_MALFORMED
            token-header-duplicate-member, TOKEN_MALFORMED
            token-header-reordered, TOKEN_MALFORMED
            token-header-space, TOKEN_MALFORMED
            token-type-jwt, TOKEN_MALFORMED
            token-alg-none, TOKEN_MALFORMED
            token-alg-hs256, TOKEN_MALFORMED
            token-kid-missing, TOKEN_MALFORMED
            token-kid-path, TOKEN_MALFORMED
            token-header-x5c, TOKEN_MALFORMED
            token-header-jku, TOKEN_MALFORMED
            token-header-x5u, TOKEN_MALFORMED
            token-alg-lower-case, TOKEN_MALFORMED
            token-alg-es384, TOKEN_MALFORMED
            token-es256-der, TOKEN_MALFORMED
            token-es256-high-s, BAD_SIGNATURE
            token-es256-zero-r, BAD_SIGNATURE
            token-es256-zero-s, BAD_SIGNATURE
            token-es256-r-of-order, BAD_SIGNATURE
            token-es256-other-curve, BAD_SIGNATURE
            token-es256-of-ed25519-key, BAD_SIGNATURE
            token-es256-named-ed25519-key, BAD_SIGNATURE
            token-eddsa-of-p256-key, BAD_SIGNATURE
            token-eddsa-named-p256-key, BAD_SIGNATURE
            token-unknown-key, UNKNOWN_KEY
            token-revoked-key, KEY_NOT_VALID
            token-before-key, KEY_NOT_VALID
            token-altered-by-one-bit, BAD_SIGNATURE
            token-signed-by-stranger, BAD_SIGNATURE
            token-zero-signature, BAD_SIGNATURE
            token-claims-array, BAD_CLAIMS
            token-claims-empty, BAD_CLAIMS
            token-claims-not-json, BAD_CLAIMS
            token-claims-trailing, BAD_CLAIMS
            token-claims-duplicate-member, BAD_CLAIMS
            token-claim-missing, BAD_CLAIMS
            token-claim-number-as-string, BAD_CLAIMS
            token-claim-string-as-number, BAD_CLAIMS
            token-claim-null, BAD_CLAIMS
            token-claim-fraction, BAD_CLAIMS
            token-claim-too-many-digits, BAD_CLAIMS
            token-claim-not-a-number, BAD_CLAIMS
            token-rate-as-number, BAD_CLAIMS
            token-rate-negative, BAD_CLAIMS
            token-rate-other-decimals, BAD_CLAIMS
            token-rounding-unknown, BAD_CLAIMS
            token-terms-missing, BAD_CLAIMS
            token-lives-too-long, BAD_CLAIMS
            token-minimum-charge-altered, BAD_SIGNATURE
            token-rate-change-altered, BAD_SIGNATURE
            token-free-seconds-altered, BAD_SIGNATURE
            token-free-seconds-negative, BAD_CLAIMS
            token-free-seconds-rule-unknown, BAD_CLAIMS
            token-minimum-charge-as-number, BAD_CLAIMS
            token-attempt-fee-negative, BAD_CLAIMS
            token-attempt-fee-null, BAD_CLAIMS
            token-rate-changes-object, BAD_CLAIMS
            token-rate-change-incomplete, BAD_CLAIMS
            token-rate-change-prefix, BAD_CLAIMS
            token-rate-changes-backwards, BAD_CLAIMS
            token-period-length-unknown, BAD_CLAIMS
            token-period-zone-malformed, BAD_CLAIMS
            token-other-issuer, OTHER_ISSUER
            token-other-gateway, OTHER_GATEWAY
            token-not-yet-valid, NOT_YET_VALID
            token-issued-in-future, NOT_YET_VALID
            token-expired, EXPIRED
            token-other-call, OTHER_CALL
            token-other-calling-number, OTHER_CALLING_NUMBER
            token-other-called-number, OTHER_CALLED_NUMBER
            token-other-originating-carrier, OTHER_ORIGINATING_CARRIER
            token-other-transaction, OTHER_TRANSACTION
            """)
    void everyLieIsRefusedForItsOwnReasonAndUsesNothingUp(String file, SetupRefusal refusal) throws IOException {
        Verdict verdict = verifier.verify(read(file), EXPECTED, NOW);

        assertThat(verdict).isEqualTo(new Verdict.Rejected(refusal));
        assertThat(memory.asked).isEmpty();
    }

    @Test
    void theGoodOneIsAcceptedOnceAndThenIsAReplay() throws IOException {
        Verdict first = verifier.verify(read("token-good"), EXPECTED, NOW);
        Verdict second = verifier.verify(read("token-good"), EXPECTED, NOW);

        assertThat(first).isEqualTo(new Verdict.Accepted(CLAIMS));
        assertThat(second).isEqualTo(new Verdict.Rejected(SetupRefusal.REPLAYED));
    }

    @Test
    void aTokenOfAKeyInHardwareIsAcceptedOnceToo() throws IOException {
        Verdict first = verifier.verify(read("token-good-es256"), EXPECTED, NOW);
        Verdict second = verifier.verify(read("token-good-es256"), EXPECTED, NOW);

        assertThat(first).isEqualTo(new Verdict.Accepted(CLAIMS));
        assertThat(second).isEqualTo(new Verdict.Rejected(SetupRefusal.REPLAYED));
    }

    @Test
    void unusualTermsAreReadAsTheyWereGranted() throws IOException {
        Verdict verdict = verifier.verify(read("token-good-unusual-terms"), EXPECTED, NOW);

        assertThat(verdict).isEqualTo(new Verdict.Accepted(Samples.claims(Samples.unusualTerms())));
    }

    @Test
    void theFilesAreWhatTheirMakerMakes() throws IOException {
        Map<String, String> made = ForgedShelf.tokens();

        Map<String, String> files = new TreeMap<>();
        for (String name : made.keySet()) {
            files.put(name, read(name));
        }
        assertThat(files).isEqualTo(made);
    }

    private static String read(String name) throws IOException {
        try (InputStream file = ForgedTokensTest.class.getResourceAsStream(name + ".jwt")) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
