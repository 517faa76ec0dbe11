package org.callclear.sip.agent;

import java.net.InetSocketAddress;
import org.callclear.sip.transaction.SipTimers;
import org.callclear.sip.transport.SipTls;
import org.jspecify.annotations.Nullable;

/**
 * How a user agent is set up.
 *
 * @param listen address for UDP and TCP, both on the same port; port 0 takes a free one
 * @param userAgentName value of the Server and User-Agent header fields; printable ASCII
 * @param callers who may call; null when no authentication is asked for
 * @param timers times of RFC 3261
 * @param tls TLS beside UDP and TCP; null for none
 */
public record SipSettings(
        InetSocketAddress listen,
        String userAgentName,
        @Nullable DigestRealm callers,
        SipTimers timers,
        @Nullable SipTls tls) {
    /** @throws IllegalArgumentException when the address is not resolved or the name cannot stand in a header */
    public SipSettings {
        if (listen.isUnresolved()) {
            throw new IllegalArgumentException("listen " + listen + ": unknown host");
        }
        if (userAgentName.isBlank() || !userAgentName.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("userAgentName: must be printable ASCII and not blank");
        }
    }

    /** Without TLS. */
    public SipSettings(
            InetSocketAddress listen, String userAgentName, @Nullable DigestRealm callers, SipTimers timers) {
        this(listen, userAgentName, callers, timers, null);
    }

    /** These settings with TLS; null for none. */
    public SipSettings with(@Nullable SipTls wanted) {
        return new SipSettings(listen, userAgentName, callers, timers, wanted);
    }

    /** Settings with the times of RFC 3261. */
    public static SipSettings of(InetSocketAddress listen, String userAgentName, @Nullable DigestRealm callers) {
        return new SipSettings(listen, userAgentName, callers, SipTimers.RFC_3261);
    }
}
