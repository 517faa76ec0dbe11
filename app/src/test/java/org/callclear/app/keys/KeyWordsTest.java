package org.callclear.app.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.callclear.schemas.avro.TokenKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyWordsTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2027-01-01T00:00:00Z");
    private static final TokenKey GOOD = key("k1", null);
    private static final TokenKey REVOKED = key("k1", FROM.plusSeconds(60));

    private final KeyWords words = new KeyWords();

    private static TokenKey key(String keyId, @Nullable Instant revokedAt) {
        return TokenKey.newBuilder()
                .setKeyId(keyId)
                .setAlgorithm("EdDSA")
                .setPublicKey(ByteBuffer.allocate(44))
                .setNotBefore(FROM)
                .setNotAfter(TO)
                .setRevokedAt(revokedAt)
                .build();
    }

    @Test
    void theLastWordOnAKeyCounts() {
        TokenKey longer =
                TokenKey.newBuilder(GOOD).setNotAfter(TO.plusSeconds(1)).build();

        words.take("k1", GOOD);
        words.take("k1", longer);

        assertThat(words.keys()).hasSize(1).containsEntry("k1", longer);
        assertThat(words.doubtful()).isEmpty();
        assertThat(words.hidden()).isEmpty();
    }

    @Test
    void whatIsRevokedStaysRevokedAfterAWordThatCannotBeUsed() {
        words.take("k1", GOOD);
        words.take("k1", REVOKED);
        assertThat(words.hidden()).isEmpty();

        words.take("k1", null);

        assertThat(words.keys()).containsEntry("k1", REVOKED);
        assertThat(words.hidden()).containsExactly(REVOKED);
    }

    @Test
    void whatIsRevokedStaysRevokedAfterAWordThatCallsItGood() {
        words.take("k1", REVOKED);
        words.take("k1", null);
        words.take("k1", GOOD);

        assertThat(words.keys()).containsEntry("k1", REVOKED);
        assertThat(words.hidden()).containsExactly(REVOKED);
        assertThat(words.doubtful()).isEmpty();

        words.take("k1", REVOKED);
        assertThat(words.hidden()).isEmpty();
    }

    /** Once the topic is compacted only the useless word is left, and before it may have stood a revocation. */
    @Test
    void aKeyOfWhichNothingButAUselessWordIsKnownIsInDoubt() {
        words.take("k1", null);
        words.take("k2", key("k2", null));

        assertThat(words.keys()).containsOnlyKeys("k2");
        assertThat(words.doubtful()).containsExactly("k1");

        words.take("k1", GOOD);
        assertThat(words.doubtful()).isEmpty();
    }
}
