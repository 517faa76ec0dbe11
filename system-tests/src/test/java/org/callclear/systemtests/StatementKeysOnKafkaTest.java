package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.callclear.app.keys.KeyException;
import org.callclear.app.keys.KeyLife;
import org.callclear.app.keys.KeyUse;
import org.callclear.app.keys.StatementKeys;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.seal.StatementSeal;
import org.callclear.settlement.seal.StatementSigner.Signature;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.SigningUse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which key statements are signed with, and which are not. */
@SuppressWarnings("NullAway.Init") // JUnit's
class StatementKeysOnKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final byte[] MESSAGE = "a statement".getBytes(StandardCharsets.UTF_8);

    private static EmbeddedGround ground;
    private static KeyLife life;

    @TempDir
    Path directory;

    @BeforeAll
    static void start(@TempDir Path data) {
        ground = EmbeddedGround.start(data.resolve("ground"));
        life = life(KeyUse.STATEMENTS);
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    /** So that no test finds a key that another one left. */
    @AfterEach
    void revokeAll() {
        life.list().stream()
                .filter(listed -> listed.key().getRevokedAt() == null)
                .forEach(listed -> life.revoke(listed.key().getKeyId(), "the test is over", true));
    }

    @Test
    void theNewestThatIsPublishedInItsTimeAndNotRevokedSigns() throws Exception {
        SigningKeySource.File source = new SigningKeySource.File(
                ground.stack().statementKeyStore(), ground.stack().statementKeyPasswordFile(), SigningUse.STATEMENTS);
        try (StatementKeys keys = keys(source)) {
            await().atMost(PATIENCE).until(() -> keys.hindrance().orElse("").contains("no key in"));
            assertThat(keys.sign(keyId -> MESSAGE)).as("not published yet").isEmpty();

            TokenKey first = life.publish(source).fresh().getFirst();
            awaitSigning(keys, first);
            TokenKey second = life.rotate(source, Duration.ZERO, YEAR);
            awaitSigning(keys, second);
            life.rotate(source, Duration.ofHours(1), YEAR);
            awaitSigning(keys, second);
            life.revoke(second.getKeyId(), "stolen", false);
            awaitSigning(keys, first);
            assertThatThrownBy(() -> life.revoke(first.getKeyId(), "test", false))
                    .isInstanceOf(KeyException.class)
                    .hasMessageContaining("keys rotate --statements");
            life.revoke(first.getKeyId(), "test", true);
            await().atMost(PATIENCE).until(() -> keys.sign(keyId -> MESSAGE).isEmpty());
            assertThat(keys.hindrance()).isPresent();
        }
    }

    @Test
    void noKeyIsBelievedForTokensAndForStatements() {
        SigningKeySource.File ofTokens =
                new SigningKeySource.File(ground.tokenKeyStore(), ground.tokenKeyPasswordFile());
        TokenKey token = life(KeyUse.TOKENS).publish(ofTokens).fresh().getFirst();
        SigningKeySource.File source = fresh();
        TokenKey statement = life.rotate(source, Duration.ZERO, YEAR);

        assertThatThrownBy(() -> life.publish(ofTokens))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining(token.getKeyId())
                .hasMessageContaining("token-keys");
        assertThatThrownBy(() -> life(KeyUse.TOKENS).publish(source))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining(statement.getKeyId())
                .hasMessageContaining("statement-keys");
        assertThatThrownBy(() -> life.rotate(ofTokens, Duration.ZERO, YEAR))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining(token.getKeyId());
        try (Records records = new Records(ground, Topic.TOKEN_KEYS.topic()::equals)) {
            await().atMost(PATIENCE).until(() -> records.of(TokenKey.class).count() >= 1);
            assertThat(records.of(TokenKey.class))
                    .extracting(TokenKey::getKeyId)
                    .containsOnly(token.getKeyId());
        }
    }

    @Test
    void aFileOfKeysThatWereMadeForTokensSignsNoStatement() {
        SigningKeySource.File wrong =
                new SigningKeySource.File(ground.tokenKeyStore(), ground.tokenKeyPasswordFile(), SigningUse.STATEMENTS);

        for (ThrowingCallable use : List.<ThrowingCallable>of(
                () -> StatementKeys.open(wrong, ground.accessFor(Party.of(Party.Kind.SETTLEMENT)), Clock.systemUTC()),
                () -> life.publish(wrong),
                () -> life.rotate(wrong, Duration.ZERO, YEAR))) {
            assertThatThrownBy(use)
                    .isInstanceOf(KeyException.class)
                    .hasMessageContaining(wrong.pkcs12().toString())
                    .hasMessageContaining("tokens, not statements");
        }
    }

    @Test
    void aFileThatIsNotThereIsMadeAndIsTheOwnersAlone() throws Exception {
        SigningKeySource.File fresh = fresh();

        TokenKey key = life.rotate(fresh, Duration.ZERO, YEAR);

        assertThat(life.find(key.getKeyId()).getPublicKey()).isEqualTo(key.getPublicKey());
        assertThat(Files.getPosixFilePermissions(fresh.pkcs12()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(fresh.passwordFile()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aFileThatOthersMayReadSignsNothing() throws Exception {
        SigningKeySource.File source = fresh();
        life.rotate(source, Duration.ZERO, YEAR);
        Files.setPosixFilePermissions(source.pkcs12(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> keys(source))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining(source.pkcs12().toString());
    }

    private void awaitSigning(StatementKeys keys, TokenKey with) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> keys.sign(keyId -> MESSAGE)
                        .map(Signature::keyId)
                        .orElse("")
                        .equals(with.getKeyId()));
        assertThat(keys.hindrance()).isEmpty();
        byte[] der = new byte[with.getPublicKey().remaining()];
        with.getPublicKey().duplicate().get(der);
        var check = java.security.Signature.getInstance(StatementSeal.ALGORITHM);
        check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
        check.update(MESSAGE);
        assertThat(check.verify(keys.sign(keyId -> MESSAGE).orElseThrow().value()))
                .isTrue();
    }

    /** Where no keys are yet. */
    private SigningKeySource.File fresh() {
        return new SigningKeySource.File(
                directory.resolve("fresh.p12"), directory.resolve("fresh.password"), SigningUse.STATEMENTS);
    }

    private static StatementKeys keys(SigningKeySource.File source) {
        return StatementKeys.open(source, ground.accessFor(Party.of(Party.Kind.SETTLEMENT)), Clock.systemUTC());
    }

    private static KeyLife life(KeyUse use) {
        return new KeyLife(ground.accessFor(Party.of(Party.Kind.ADMINISTRATION)), use, Clock.systemUTC());
    }
}
