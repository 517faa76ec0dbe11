package org.callclear.gateways.keys;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class KeyFeedTest {
    @TempDir
    Path directory;

    private GatewayWorld world;
    private KeyFeed feed;
    private TokenKey key;
    private final AtomicInteger told = new AtomicInteger();

    @BeforeEach
    void open() {
        world = new GatewayWorld(directory, 10);
        feed = new KeyFeed(world.keys, told::incrementAndGet);
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

    /** The instant is of the administration's clock, which may be ahead of this one by hours. */
    @Test
    void aRevokedKeyOpensNothingThoughItsInstantIsStillToCome() {
        feed.take(record(key.getKeyId()), new Reading.Read(key));

        feed.take(
                record(key.getKeyId()),
                new Reading.Read(TokenKey.newBuilder(key)
                        .setRevokedAt(world.clock.instant().plusSeconds(7200))
                        .build()));

        assertThat(judge()).isEqualTo(new Judgement.Refused(SetupRefusal.KEY_NOT_VALID));
    }

    @Test
    void eachWordOnAKeyIsToldOf() {
        feed.take(record(key.getKeyId()), new Reading.Read(key));
        feed.take(record(key.getKeyId()), reading(BadWord.UNREADABLE));
        feed.take(record(key.getKeyId()), null);

        assertThat(told).hasValue(3);
    }

    @Test
    void aTombstoneForgetsAKey() {
        feed.take(record(key.getKeyId()), new Reading.Read(key));

        feed.take(record(key.getKeyId()), null);

        assertThat(judge()).isEqualTo(new Judgement.Refused(SetupRefusal.UNKNOWN_KEY));
    }

    /** It may have been the revocation. */
    @ParameterizedTest
    @EnumSource(BadWord.class)
    void aWordThatCannotBeUsedClosesTheKeyItIsFiledUnder(BadWord bad) {
        feed.take(record(key.getKeyId()), new Reading.Read(key));

        feed.take(record(key.getKeyId()), reading(bad));

        assertThat(judge()).isEqualTo(new Judgement.Refused(SetupRefusal.UNKNOWN_KEY));
    }

    @ParameterizedTest
    @EnumSource(BadWord.class)
    void aWordThatCannotBeUsedLeavesEveryOtherKeyAsItWas(BadWord bad) {
        feed.take(record(key.getKeyId()), new Reading.Read(key));

        feed.take(record("another"), reading(bad));
        feed.take(record(null), reading(bad));

        assertThat(judge()).isInstanceOf(Judgement.LetIn.class);
    }

    @Test
    void aTombstoneWithoutAKeyLeavesTheRingAsItWas() {
        feed.take(record(key.getKeyId()), new Reading.Read(key));

        feed.take(record(null), null);

        assertThat(judge()).isInstanceOf(Judgement.LetIn.class);
    }

    @Test
    void aGoodWordAfterABadOneOpensTheKeyAgain() {
        feed.take(record(key.getKeyId()), new Reading.Read(key));
        feed.take(record(key.getKeyId()), reading(BadWord.UNREADABLE));

        feed.take(record(key.getKeyId()), new Reading.Read(key));

        assertThat(judge()).isInstanceOf(Judgement.LetIn.class);
    }

    /** The record's key and the key id are any text. */
    @Test
    void noForeignTextForgesALogLineOrFillsTheDisk() {
        String forged = "x\n06:00 ERROR forged\r\u001b[2J" + "y".repeat(1_000_000);
        TokenKey.Builder named = TokenKey.newBuilder(key).setKeyId(forged);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(KeyFeed.class);
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        try {
            feed.take(record(forged), new Reading.Read(named.build()));
            feed.take(record(forged), null);
            feed.take(
                    record(forged), new Reading.Read(named.setAlgorithm(forged).build()));
            feed.take(record(forged), new Reading.Unreadable(forged));
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }

        assertThat(log.list)
                .hasSize(4)
                .extracting(ILoggingEvent::getFormattedMessage)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(400).matches("[ -~]+"));
    }

    /** Why a word on a key cannot be used. */
    enum BadWord {
        UNREADABLE,
        OTHER_TYPE,
        NO_PUBLIC_KEY,
        OTHER_KEY_ID
    }

    private Reading reading(BadWord bad) {
        return switch (bad) {
            case UNREADABLE -> new Reading.Unreadable("cut short");
            case OTHER_TYPE -> new Reading.Read((SpecificRecord) world.aSetup().build());
            case NO_PUBLIC_KEY ->
                new Reading.Read(TokenKey.newBuilder(key)
                        .setPublicKey(ByteBuffer.wrap(new byte[] {1}))
                        .build());
            case OTHER_KEY_ID ->
                new Reading.Read(TokenKey.newBuilder(key).setKeyId("a-third").build());
        };
    }

    private Judgement judge() {
        return world.judge(world.aSetup().build());
    }

    private static ConsumerRecord<String, byte[]> record(@Nullable String id) {
        return new ConsumerRecord<>("token-keys", 0, 0, id, new byte[0]);
    }
}
