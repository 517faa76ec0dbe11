package org.callclear.app.keys;

import java.time.Instant;
import org.callclear.schemas.avro.TokenKey;

/** How a key on token-keys or statement-keys stands. */
public enum KeyState {
    /** Its time has not begun. */
    PENDING,
    /** It may sign. */
    ACTIVE,
    /** Its time is over. */
    EXPIRED,
    /** It was revoked: nothing that it signed is believed, and it signs nothing. */
    REVOKED;

    /** The state of a key at an instant. */
    static KeyState of(TokenKey key, Instant now) {
        if (key.getRevokedAt() != null) {
            return REVOKED;
        }
        if (now.isBefore(key.getNotBefore())) {
            return PENDING;
        }
        return now.isBefore(key.getNotAfter()) ? ACTIVE : EXPIRED;
    }
}
