package org.callclear.gateways.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.gateways.GatewayWorld;
import org.callclear.gateways.gate.Judgement;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFeedTest {
    @TempDir
    Path directory;

    private GatewayWorld world;
    private KeyFeed feed;
    private TokenKey key;

    @BeforeEach
    void open() {
        world = new GatewayWorld(directory, 10);
        feed = new KeyFeed(world.keys);
        key = world.publicKey();
        world.keys.remove(key.getKeyId());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aNewKeyOpensAtOnce() {
        feed.take(record(key.getKeyId()), new Reading.Read(key));

        assertThat(judge()).isInstanceOf(Judgement.LetIn.class);
    }

    @Test
    void aRevokedKeyOpensNothingAnyMore() {
        feed.take(record(key.getKeyId()), new Reading.Read(key));

        feed.take(
                record(key.getKeyId()),
                new Reading.Read(TokenKey.newBuilder(key)
                        .setRevokedAt(world.clock.instant().minusSeconds(1))
                        .build()));

        assertThat(judge()).isEqualTo(new Judgement.Refused(SetupRefusal.KEY_NOT_VALID));
    }

    @Test
    void aTombstoneForgetsAKey() {
        feed.take(record(key.getKeyId()), new Reading.Read(key));

        feed.take(record(key.getKeyId()), null);

        assertThat(judge()).isEqualTo(new Judgement.Refused(SetupRefusal.UNKNOWN_KEY));
    }

    @Test
    void aWordThatCannotBeUsedLeavesTheRingAsItWas() {
        feed.take(record(key.getKeyId()), new Reading.Read(key));

        feed.take(record(key.getKeyId()), new Reading.Unreadable("cut short"));
        feed.take(record(key.getKeyId()), new Reading.Read((SpecificRecord)
                world.aSetup().build()));
        feed.take(record(null), null);
        feed.take(
                record(key.getKeyId()),
                new Reading.Read(TokenKey.newBuilder(key)
                        .setPublicKey(ByteBuffer.wrap(new byte[] {1}))
                        .build()));
        feed.take(
                record("another"),
                new Reading.Read(TokenKey.newBuilder(key)
                        .setRevokedAt(world.clock.instant().minusSeconds(1))
                        .build()));

        assertThat(judge()).isInstanceOf(Judgement.LetIn.class);
    }

    private Judgement judge() {
        return world.judge(world.aSetup().build());
    }

    private static ConsumerRecord<String, byte[]> record(@Nullable String id) {
        return new ConsumerRecord<>("token-keys", 0, 0, id, new byte[0]);
    }
}
