package org.callclear.settlement.seal;

import java.nio.ByteBuffer;

/** The bytes of a record's field. */
final class Bytes {
    private Bytes() {}

    static byte[] of(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
