package org.callclear.sip.agent;

import java.util.Optional;
import java.util.function.Function;

/**
 * Who may call: every INVITE outside a dialog must carry a digest (RFC 8760) of one of these users.
 *
 * @param realm shown in the challenge; printable ASCII with no quotes or backslashes
 * @param passwords the password of a user name, if there is such a user; must not block
 */
public record DigestRealm(String realm, Function<String, Optional<String>> passwords) {
    /** @throws IllegalArgumentException when the realm is empty or cannot stand in quotes */
    public DigestRealm {
        if (realm.isEmpty() || !realm.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '"' && c != '\\')) {
            throw new IllegalArgumentException("realm '" + realm + "': must be printable ASCII without quotes");
        }
    }
}
