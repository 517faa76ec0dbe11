package org.callclear.clearinghouse.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.callclear.clearinghouse.reference.ReferenceBook;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.GatewayId;
import org.callclear.testkit.clearing.References;
import org.callclear.tokens.SigningKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyChoiceTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.250Z");
    private static final Instant SECOND = NOW.truncatedTo(ChronoUnit.SECONDS);
    private static final Duration ALIVE_WITHIN = Duration.ofSeconds(10);
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final GatewayId GATEWAY = new GatewayId("zenith-1");
    private static final GatewayId OTHER = new GatewayId("lumen-1");

    private final ReferenceBook book = new ReferenceBook(ALIVE_WITHIN);
    private KeyChoice choice;
    private TokenKey old;
    private TokenKey fresh;

    @BeforeEach
    @SuppressWarnings("NullAway")
    void keys(@TempDir Path directory) {
        SecureRandom random = new SecureRandom();
        SigningKeys keys = SigningKeys.create(
                        directory.resolve("keys.p12"),
                        directory.resolve("password"),
                        SECOND.minusSeconds(3600),
                        SECOND.plusSeconds(3600),
                        random)
                .add(SECOND, SECOND.plusSeconds(7200), random);
        old = keys.publicKeys().get(0);
        fresh = keys.publicKeys().get(1);
        choice = new KeyChoice(() -> keys, book::snapshot, ALIVE_WITHIN, LIFETIME);
        book.put(old, NOW.minusSeconds(3600));
        book.put(fresh, NOW);
    }

    private void says(GatewayId gateway, String instance, GatewayState state, Instant at, @Nullable List<String> keys) {
        GatewayStatus.Builder status =
                GatewayStatus.newBuilder(References.status(gateway.value(), "zenith", state, 10, at));
        book.heard(gateway, status.setInstance(instance).setTokenKeys(keys).build(), at);
    }

    private void says(String instance, @Nullable List<String> keys) {
        says(GATEWAY, instance, GatewayState.UP, NOW, keys);
    }

    private String chosen() {
        return chosen(GATEWAY);
    }

    private String chosen(GatewayId gateway) {
        return choice.keyFor(gateway, NOW).orElse("none");
    }

    private List<String> both() {
        return List.of(old.getKeyId(), fresh.getKeyId());
    }

    private static TokenKey revoked(TokenKey key) {
        return TokenKey.newBuilder(key).setRevokedAt(NOW.plusSeconds(3600)).build();
    }

    @Test
    void aNewKeySignsForAGatewayOnceThatGatewayHasIt() {
        says("g1", List.of(old.getKeyId()));
        says(OTHER, "g1", GatewayState.UP, NOW, both());

        assertThat(chosen()).isEqualTo(old.getKeyId());
        assertThat(chosen(OTHER)).isEqualTo(fresh.getKeyId());

        says("g1", both());
        assertThat(chosen()).isEqualTo(fresh.getKeyId());
    }

    @Test
    void everyLivingInstanceOfAGatewayMustHaveIt() {
        says("g1", both());
        says("g2", List.of(old.getKeyId()));
        assertThat(chosen()).isEqualTo(old.getKeyId());

        says(GATEWAY, "g2", GatewayState.DRAINING, NOW, List.of(old.getKeyId()));
        assertThat(chosen()).as("one that drains still reads").isEqualTo(old.getKeyId());

        says(GATEWAY, "g2", GatewayState.DOWN, NOW, List.of(old.getKeyId()));
        assertThat(chosen()).isEqualTo(fresh.getKeyId());
    }

    @Test
    void anInstanceThatIsDeadForLongDoesNotCount() {
        says(GATEWAY, "g2", GatewayState.UP, NOW.minus(ALIVE_WITHIN).minusMillis(1), List.of(old.getKeyId()));
        says("g1", both());

        assertThat(chosen()).isEqualTo(fresh.getKeyId());
    }

    /** A gateway of an older version, or one nothing was heard of. */
    @Test
    void aGatewayThatDoesNotSayGetsANewKeyOnceItHasStoodThereForAWhile() {
        assertThat(chosen()).isEqualTo(old.getKeyId());
        says("g1", null);
        assertThat(chosen()).isEqualTo(old.getKeyId());

        Instant later = NOW.plus(KeyChoice.SETTLED);
        assertThat(choice.keyFor(GATEWAY, later.minusMillis(1))).contains(old.getKeyId());
        assertThat(choice.keyFor(GATEWAY, later)).contains(fresh.getKeyId());
    }

    @Test
    void aGatewayThatHasNoneOfThemGetsTheOneThatStoodThereLongest() {
        says("g1", List.of("another"));

        assertThat(chosen()).isEqualTo(old.getKeyId());
    }

    @Test
    void aRevokedKeySignsNothingFromThatWordOnWhateverItsInstant() {
        says("g1", both());
        assertThat(choice.maySign(fresh.getKeyId())).isTrue();

        book.put(revoked(fresh), NOW);

        assertThat(chosen()).isEqualTo(old.getKeyId());
        assertThat(choice.maySign(fresh.getKeyId())).isFalse();
        book.put(revoked(old), NOW);
        assertThat(chosen()).isEqualTo("none");
    }

    @Test
    void aKeyThatIsNotOnTokenKeysIsNotUsed() {
        says("g1", both());

        book.removeTokenKey(fresh.getKeyId());

        assertThat(chosen()).isEqualTo(old.getKeyId());
        assertThat(choice.maySign(fresh.getKeyId())).isFalse();
    }

    @Test
    void anotherPublicHalfOfTheSameNameIsNotTheKey() {
        says("g1", both());

        book.put(
                TokenKey.newBuilder(fresh)
                        .setPublicKey(ByteBuffer.wrap(old.getPublicKey().array()))
                        .build(),
                NOW);

        assertThat(chosen()).isEqualTo(old.getKeyId());
    }

    @Test
    void aKeyThatEndsBeforeItsTokenWouldSignsOnlyWhenThereIsNoOther() {
        says("g1", both());
        book.put(TokenKey.newBuilder(fresh).setNotAfter(NOW.plus(LIFETIME)).build(), NOW);
        assertThat(chosen()).isEqualTo(old.getKeyId());

        book.put(revoked(old), NOW);
        assertThat(chosen()).isEqualTo(fresh.getKeyId());
    }

    @Test
    void aKeyWhoseTimeHasNotComeOnTokenKeysWaits() {
        says("g1", both());

        book.put(TokenKey.newBuilder(fresh).setNotBefore(NOW.plusSeconds(1)).build(), NOW);

        assertThat(chosen()).isEqualTo(old.getKeyId());
        assertThat(choice.keyFor(GATEWAY, NOW.plusSeconds(1))).contains(fresh.getKeyId());
    }
}
