package org.callclear.clearinghouse.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.callclear.clearinghouse.World;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.testkit.clearing.References;
import org.callclear.testkit.tokens.TestTokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the clearinghouse believes of token-keys must be what gateways believe of it, or it signs what they refuse. */
class TokenKeyFeedTest {
    private static final Instant PUBLISHED = World.NOW.minusSeconds(100);

    private final ReferenceBook book = new ReferenceBook(World.ALIVE_WITHIN);
    private final ReferenceFeed feed = new ReferenceFeed(book, Clock.fixed(World.NOW, ZoneOffset.UTC));
    private final TokenKey key = TestTokens.publicKey();

    @BeforeEach
    void publish() {
        feed.take(record(TestTokens.KEY_ID, PUBLISHED), new Reading.Read(key));
    }

    private Optional<PublishedKey> known() {
        return book.snapshot().tokenKey(TestTokens.KEY_ID);
    }

    @Test
    void aPublishedKeyIsKnownSinceItsFirstRecord() {
        feed.take(record(TestTokens.KEY_ID, World.NOW), new Reading.Read(key));

        assertThat(known()).contains(new PublishedKey(key, PUBLISHED));
    }

    @Test
    void aRevocationIsKnown() {
        TokenKey revoked = TokenKey.newBuilder(key).setRevokedAt(World.NOW).build();

        feed.take(record(TestTokens.KEY_ID, World.NOW), new Reading.Read(revoked));

        assertThat(known()).get().matches(PublishedKey::isRevoked);
    }

    @Test
    void aTombstoneOrAWordThatCannotBeUsedEndsAKeyAsAtTheGateways() {
        Reading[] bad = {
            null,
            new Reading.Unreadable("cut short"),
            new Reading.Read(References.carrier("acme")),
            new Reading.Read(TokenKey.newBuilder(key).setKeyId("another").build()),
            new Reading.Read(TokenKey.newBuilder(key)
                    .setPublicKey(ByteBuffer.wrap(new byte[] {1}))
                    .build()),
            new Reading.Read(TokenKey.newBuilder(key).setAlgorithm("ES256").build())
        };
        for (Reading reading : bad) {
            feed.take(record(TestTokens.KEY_ID, PUBLISHED), new Reading.Read(key));
            assertThat(known()).isPresent();

            feed.take(record(TestTokens.KEY_ID, World.NOW), reading);

            assertThat(known()).as("%s", reading).isEmpty();
        }
    }

    @Test
    void aBadWordOnAnotherKeyLeavesThisOne() {
        feed.take(record("another", World.NOW), new Reading.Unreadable("cut short"));
        feed.take(record("another", World.NOW), null);

        assertThat(known()).isPresent();
    }

    @SuppressWarnings("NullAway") // Kafka does not say that a key may be null, but it may
    private static ConsumerRecord<String, byte[]> record(@Nullable String id, Instant at) {
        return new ConsumerRecord<>(
                "token-keys",
                0,
                0,
                at.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                id,
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}
