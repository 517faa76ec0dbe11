package org.callclear.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often hardware is asked with a PIN that it does not take. */
class PinGuardTest {
    @TempDir
    Path directory;

    private Path pin = Path.of("");
    private Path config = Path.of("");
    private PinGuard guard = new PinGuard(pin, config);
    private int asked;

    @BeforeEach
    void create() throws IOException {
        pin = Files.writeString(directory.resolve("pin"), "1111");
        config = Files.writeString(directory.resolve("pkcs11.cfg"), "name = A");
        guard = new PinGuard(pin, config);
    }

    private String refusing() throws IOException {
        asked++;
        throw new RefusedPinException(new FailedLoginException());
    }

    private void refused() {
        assertThatThrownBy(() -> guard.once(this::refusing)).isInstanceOf(RefusedPinException.class);
    }

    @Test
    void aRefusedPinIsNotTriedAgain() {
        for (int i = 0; i < 100; i++) {
            refused();
        }

        assertThat(asked).isEqualTo(1);
    }

    @Test
    void anotherPinOrAnotherConfigurationIsTriedOnceEach() throws IOException {
        refused();
        Files.writeString(pin, "22222");
        refused();
        refused();
        assertThat(asked).isEqualTo(2);
        Files.writeString(config, "name = Another");
        refused();
        refused();
        assertThat(asked).isEqualTo(3);

        Files.writeString(pin, "333333");
        assertThat(guard.<String>once(() -> "opened")).isEqualTo("opened");
        assertThat(guard.<String>once(() -> "opened again")).isEqualTo("opened again");
    }

    @Test
    void hardwareThatIsAwayIsAskedAgain() throws IOException {
        assertThatThrownBy(() -> guard.once(() -> {
                    throw new IOException("no token present");
                }))
                .isNotInstanceOf(RefusedPinException.class);

        assertThat(guard.<String>once(() -> "opened")).isEqualTo("opened");
    }

    @Test
    void aPinThatWasLookedAtIsToldFromHardwareThatIsAway() {
        assertThat(RefusedPinException.isBehind(new IOException("load failed", new FailedLoginException())))
                .isTrue();
        Throwable locked = new LoginException().initCause(new IllegalStateException("CKR_PIN_LOCKED"));
        assertThat(RefusedPinException.isBehind(new IOException("load failed", locked)))
                .isTrue();
        Throwable away = new LoginException().initCause(new IllegalStateException("CKR_TOKEN_NOT_PRESENT"));
        assertThat(RefusedPinException.isBehind(new IOException("load failed", away)))
                .isFalse();
    }
}
