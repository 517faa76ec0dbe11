package org.callclear.tokens;

import java.io.IOException;
import javax.security.auth.login.FailedLoginException;

/** Hardware has refused its PIN. The same one is not to be tried again: most lock themselves after a few times. */
final class RefusedPinException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedPinException(Throwable cause) {
        super(
                "the PIN is refused; it is not tried again until its file or the provider's configuration changes",
                cause);
    }

    /** Whether the hardware looked at the PIN and said no (PKCS#11: CKR_PIN_INCORRECT, CKR_PIN_LOCKED and the like). */
    static boolean isBehind(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedLoginException
                    || String.valueOf(cause.getMessage()).startsWith("CKR_PIN")) {
                return true;
            }
        }
        return false;
    }
}
