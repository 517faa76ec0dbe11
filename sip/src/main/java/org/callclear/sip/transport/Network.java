package org.callclear.sip.transport;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Whose an address is, where something is shared out among peers: an IPv4 address, or the half of an IPv6 address that its
 * holder does not choose (a /64; RFC 4291, 2.5.1).
 *
 * @param bytes length of the whole address: 4 or 16
 * @param prefix its first 64 bits, or all 32
 */
public record Network(int bytes, long prefix) {
    /** Where this address is. */
    public static Network of(InetAddress address) {
        byte[] whole = address.getAddress();
        ByteBuffer read = ByteBuffer.wrap(whole);
        return new Network(whole.length, whole.length == Integer.BYTES ? read.getInt() : read.getLong());
    }
}
