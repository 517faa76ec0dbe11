package org.callclear.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.callclear.tokens.Samples.CLAIMS;
import static org.callclear.tokens.Samples.EXPECTED;
import static org.callclear.tokens.Samples.KEY_FROM;
import static org.callclear.tokens.Samples.KEY_TO;
import static org.callclear.tokens.Samples.NOW;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.callclear.schemas.avro.TokenKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssuerTest {
    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path directory;

    private Path file = Path.of("");
    private Path password = Path.of("");

    @BeforeEach
    void names() {
        file = directory.resolve("token-keys.p12");
        password = directory.resolve("token-keys.password");
    }

    private SigningKeys create() {
        return SigningKeys.create(file, password, KEY_FROM, KEY_TO, random);
    }

    private static String active(SigningKeys keys) {
        return keys.activeKeyId(NOW).orElseThrow();
    }

    @Test
    void anIssuedTokenIsAcceptedWithThePublishedKey() {
        SigningKeys keys = create();
        KeyRing ring = new KeyRing();
        keys.publicKeys().forEach(ring::put);

        String token = new TokenIssuer(keys).issue(CLAIMS, active(keys));

        assertThat(new TokenVerifier(ring, new Samples.AskedMemory()).verify(token, EXPECTED, NOW))
                .isEqualTo(new Verdict.Accepted(CLAIMS));
    }

    /** After a restart the terms come back from a topic with all six decimals. */
    @Test
    void theSameClaimsAndKeyGiveTheSameBytesAfterAReopening() {
        SigningKeys keys = create();
        var terms = Samples.terms("0.010200");
        assertThat(terms.getRatePerMinute()).isNotEqualTo(new BigDecimal("0.0102"));
        Claims again = new Claims(
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

        String first = new TokenIssuer(keys).issue(CLAIMS, active(keys));
        String second = new TokenIssuer(SigningKeys.open(file, password)).issue(again, active(keys));

        assertThat(second).isEqualTo(first);
        assertThat(again).isEqualTo(CLAIMS);
    }

    /** The JDK's own Ed25519 is another implementation of RFC 8032, and the header is the one that is documented. */
    @Test
    void anotherImplementationVerifiesTheSignatureAndReadsTheHeader() throws Exception {
        SigningKeys keys = create();
        TokenKey published = keys.publicKeys().get(0);

        String token = new TokenIssuer(keys).issue(CLAIMS, active(keys));

        String[] parts = token.split("\\.", -1);
        var key = KeyFactory.getInstance("Ed25519", "SunEC")
                .generatePublic(new X509EncodedKeySpec(published.getPublicKey().array()));
        Signature signature = Signature.getInstance("Ed25519", "SunEC");
        signature.initVerify(key);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.US_ASCII))
                .isEqualTo("{\"alg\":\"EdDSA\",\"kid\":\"" + active(keys) + "\",\"typ\":\"callclear+jwt\"}");
    }

    @Test
    void aRotationKeepsTheOldKeyAndSignsWithTheNewOneFromItsBeginning() {
        SigningKeys old = create();
        SigningKeys both = old.add(NOW.plusSeconds(10), KEY_TO.plusSeconds(10), random);

        SigningKeys opened = SigningKeys.open(file, password);

        assertThat(opened.keyIds()).isEqualTo(both.keyIds()).hasSize(2);
        assertThat(opened.activeKeyId(NOW)).isEqualTo(old.activeKeyId(NOW));
        assertThat(opened.activeKeyId(NOW.plusSeconds(10)))
                .contains(both.keyIds().get(1));
        assertThat(opened.activeKeyId(KEY_TO.plusSeconds(10))).isEmpty();
        assertThat(new TokenIssuer(opened).issue(CLAIMS, active(old)))
                .isEqualTo(new TokenIssuer(old).issue(CLAIMS, active(old)));
    }

    @Test
    void aKeyDoesNotSignOutsideItsTime() {
        SigningKeys keys = SigningKeys.create(file, password, NOW.plusSeconds(1), KEY_TO, random);

        assertThatThrownBy(
                        () -> new TokenIssuer(keys).issue(CLAIMS, keys.keyIds().get(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysOthersCouldReadAreNotOpened() throws IOException {
        create();
        for (Path loose : new Path[] {file, password}) {
            Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString("rw-r-----"));
            assertThatThrownBy(() -> SigningKeys.open(file, password))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(loose.toString());
            Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(SigningKeys.open(file, password).keyIds()).hasSize(1);
    }

    @Test
    void aWrongPasswordADamagedFileAndASecondCreationAreRefused() throws IOException {
        create();
        byte[] right = Files.readAllBytes(password);

        assertThatThrownBy(this::create).isInstanceOf(UncheckedIOException.class);
        Files.writeString(password, "wrong");
        assertThatThrownBy(() -> SigningKeys.open(file, password)).isInstanceOf(UncheckedIOException.class);
        Files.write(password, right);
        Files.write(file, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> SigningKeys.open(file, password)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void noTextOfKeysHoldsASecret() {
        SigningKeys keys = create();

        assertThat(keys.toString()).isEqualTo("SigningKeys" + keys.keyIds());
        assertThat(Samples.KEY.toString()).doesNotContain("Ed25519").contains(Samples.KEY.keyId());
    }

    @Test
    void inspectingMasksNumbersAndTheTransactionAndSaysItTrustsNothing() {
        String token = Samples.sign(Samples.STRANGER, CLAIMS);

        var masked = TokenInspector.inspect(token, TokenInspector.Secrets.MASKED);
        var shown = TokenInspector.inspect(token, TokenInspector.Secrets.SHOWN);

        assertThat(masked.refusal()).isNull();
        assertThat(masked.header()).containsEntry("alg", "EdDSA");
        assertThat(masked.toString())
                .doesNotContain(CLAIMS.calling().digits())
                .doesNotContain(CLAIMS.called().digits())
                .doesNotContain(CLAIMS.transactionId().hex());
        assertThat(shown.claims()).containsEntry("called", CLAIMS.called().digits());
    }
}
