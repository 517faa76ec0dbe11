package org.callclear.sip.message;

/** A response as it stands on the wire: a twentieth of the objects, for one that is kept in case its request comes again. */
public final class Packed {
    private final int status;
    private final byte[] bytes;

    private Packed(int status, byte[] bytes) {
        this.status = status;
        this.bytes = bytes;
    }

    /** Packs a response. */
    public static Packed of(SipResponse response) {
        return new Packed(response.status(), SipCodec.STRICT.encode(response));
    }

    /** Its status, 100 to 699. */
    public int status() {
        return status;
    }

    /** What is sent; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }
}
