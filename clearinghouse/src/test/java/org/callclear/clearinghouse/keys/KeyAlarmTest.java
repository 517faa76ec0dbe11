package org.callclear.clearinghouse.keys;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.callclear.clearinghouse.reference.ReferenceBook;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.tokens.SigningKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** When people are told that tokens will soon be signed by nothing. */
class KeyAlarmTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-12-31T00:00:00Z");
    private static final Instant LAST_QUIET = TO.minus(KeyAlarm.AHEAD);
    private static final Duration DAY = Duration.ofDays(1);

    private final SecureRandom random = new SecureRandom();
    private final ReferenceBook book = new ReferenceBook(Duration.ofSeconds(10));
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(KeyAlarm.class);
    private Instant now = FROM;
    private SigningKeys keys;
    private KeyAlarm alarm;

    @BeforeEach
    @SuppressWarnings("NullAway")
    void create(@TempDir Path directory) {
        keys = SigningKeys.create(directory.resolve("keys.p12"), directory.resolve("password"), FROM, TO, random);
        alarm = new KeyAlarm(() -> keys, book::snapshot, () -> now);
        publish();
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(log);
        alarm.close();
    }

    private void publish() {
        keys.publicKeys().forEach(key -> book.put(key, FROM));
    }

    private void revoke(TokenKey key) {
        book.put(TokenKey.newBuilder(key).setRevokedAt(now).build(), FROM);
    }

    /** How often it has warned, once it has looked at an instant. */
    private int warningsAt(Instant instant) {
        now = instant;
        alarm.look();
        assertThat(log.list).allSatisfy(event -> assertThat(event.getLevel()).isEqualTo(Level.WARN));
        return log.list.size();
    }

    @Test
    void itWarnsOnceADayFromThirtyDaysBeforeTheLastKeyEnds() {
        assertThat(warningsAt(LAST_QUIET)).isZero();
        assertThat(warningsAt(LAST_QUIET.plusMillis(1))).isEqualTo(1);
        assertThat(warningsAt(LAST_QUIET.plus(DAY))).isEqualTo(1);
        assertThat(warningsAt(LAST_QUIET.plus(DAY).plusMillis(1))).isEqualTo(2);
        assertThat(List.of(log.list.getFirst().getArgumentArray())).contains(TO);
    }

    @Test
    void aKeyThatTakesOverInTimeEndsTheWarnings() {
        assertThat(warningsAt(LAST_QUIET.plus(DAY))).isEqualTo(1);
        keys = keys.add(TO.minus(DAY), TO.plus(Duration.ofDays(365)), random);
        assertThat(warningsAt(LAST_QUIET.plus(DAY.multipliedBy(2))))
                .as("not on token-keys")
                .isEqualTo(2);

        publish();

        assertThat(warningsAt(LAST_QUIET.plus(DAY.multipliedBy(3)))).isEqualTo(2);
        assertThat(warningsAt(TO)).isEqualTo(2);
    }

    @Test
    void aGapBetweenTwoKeysAndARevokedKeyAreNoComfort() {
        keys = keys.add(TO.plusSeconds(1), TO.plus(Duration.ofDays(365)), random);
        publish();
        assertThat(warningsAt(LAST_QUIET.plusMillis(1)))
                .as("a second without a key")
                .isEqualTo(1);

        keys.publicKeys().forEach(this::revoke);
        assertThat(warningsAt(FROM.plus(Duration.ofDays(400)))).isEqualTo(2);
    }
}
