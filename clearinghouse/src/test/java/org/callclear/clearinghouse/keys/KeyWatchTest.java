package org.callclear.clearinghouse.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.SigningKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class KeyWatchTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2027-01-01T00:00:00Z");

    private final SecureRandom random = new SecureRandom();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(KeyWatch.class);
    private SigningKeySource.File source;
    private SigningKeys first;

    @BeforeEach
    @SuppressWarnings("NullAway")
    void create(@TempDir Path directory) {
        source = new SigningKeySource.File(directory.resolve("keys.p12"), directory.resolve("password"));
        first = SigningKeys.create(source.pkcs12(), source.passwordFile(), FROM, TO, random);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(log);
    }

    private List<String> errors() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void aNewKeyIsTakenOverWithoutARestart() {
        try (KeyWatch watch = KeyWatch.start(source)) {
            SigningKeys both = first.add(FROM, TO, random);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> watch.get().keyIds().equals(both.keyIds()));
        }
        assertThat(errors()).isEmpty();
    }

    @Test
    void aFileThatIsHalfWrittenOrOpenToOthersIsAnErrorSaidOnceAndTheKeysFromBeforeGoOn() throws IOException {
        try (KeyWatch watch = KeyWatch.still(source)) {
            SigningKeys both = first.add(FROM, TO, random);
            byte[] whole = Files.readAllBytes(source.pkcs12());
            Files.write(source.pkcs12(), Arrays.copyOf(whole, whole.length / 2));
            watch.look();
            watch.look();
            assertThat(watch.get().keyIds()).isEqualTo(first.keyIds());
            assertThat(errors())
                    .singleElement()
                    .asString()
                    .contains(source.pkcs12().toString(), "go on");

            Files.write(source.pkcs12(), whole);
            Files.setPosixFilePermissions(source.pkcs12(), PosixFilePermissions.fromString("rw-r--r--"));
            watch.look();
            watch.look();
            assertThat(watch.get().keyIds()).isEqualTo(first.keyIds());
            assertThat(errors()).hasSize(2).last().asString().contains("rw-r--r--");

            Files.setPosixFilePermissions(source.pkcs12(), PosixFilePermissions.fromString("rw-------"));
            watch.look();
            assertThat(watch.get().keyIds()).isEqualTo(both.keyIds());
            assertThat(errors()).hasSize(2);
        }
    }

    @Test
    void noSecretIsLogged() throws IOException {
        String password = Files.readString(source.passwordFile()).strip();
        try (KeyWatch watch = KeyWatch.still(source)) {
            Files.writeString(source.passwordFile(), "wrong-password-17");
            watch.look();
            Files.delete(source.pkcs12());
            watch.look();
            assertThat(watch.get()).isNotNull();
        }

        assertThat(log.list).hasSizeGreaterThanOrEqualTo(2).allSatisfy(event -> {
            assertThat(event.getFormattedMessage()).doesNotContain(password, "wrong-password-17");
            assertThat(event.getThrowableProxy()).isNull();
        });
    }
}
