package org.callclear.sip.transport;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS beside UDP and TCP (RFC 3261, 26.2.1): versions 1.2 and 1.3, by Java's own engine.
 *
 * @param listen where it listens; port 0 takes a free one
 * @param identity PEM file with a private key (PKCS#8, no password) and its certificate chain, leaf first; only its owner
 *     may have rights to it
 * @param clientAuthority PEM file of the authorities of whom every peer that connects must show a certificate; null when
 *     peers need none
 * @param peer whom this side may connect to; null when it only takes connections
 */
public record SipTls(
        InetSocketAddress listen,
        Path identity,
        @Nullable Path clientAuthority,
        @Nullable Peer peer) {
    /** @throws IllegalArgumentException when the address is not resolved */
    public SipTls {
        if (listen.isUnresolved()) {
            throw new IllegalArgumentException("listen " + listen.getHostString() + ": unknown host");
        }
    }

    /** For a side that only takes connections, from anybody. */
    public static SipTls of(InetSocketAddress listen, Path identity) {
        return new SipTls(listen, identity, null, null);
    }

    /**
     * The one peer that connections are opened to.
     *
     * @param trusted PEM file of the authorities that may vouch for it
     * @param name the name or address that its certificate must bear (RFC 5922, 7.1): as it is configured, never as it
     *     stands in a message
     */
    public record Peer(Path trusted, String name) {
        /** @throws IllegalArgumentException when the name is blank */
        public Peer {
            if (name.isBlank()) {
                throw new IllegalArgumentException("name: must not be blank");
            }
        }
    }
}
