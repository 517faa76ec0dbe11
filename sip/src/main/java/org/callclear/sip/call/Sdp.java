package org.callclear.sip.call;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A session description (RFC 8866) as it came: passed on byte for byte, never read. Empty when there was none.
 *
 * @param text the bytes, one character each (ISO 8859-1)
 */
public record Sdp(String text) {
    /** No description. */
    public static final Sdp NONE = new Sdp("");

    /** The description in these bytes. */
    public static Sdp of(byte[] bytes) {
        return bytes.length == 0 ? NONE : new Sdp(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** The description in the remaining bytes of a buffer, which is left as it was. */
    public static Sdp of(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return of(bytes);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** The bytes as they came. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The length alone: a description holds addresses and names. */
    @Override
    public String toString() {
        return "sdp[" + text.length() + "]";
    }
}
