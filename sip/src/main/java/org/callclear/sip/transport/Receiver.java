package org.callclear.sip.transport;

/** Takes what comes in; called on the loop. */
public interface Receiver {
    /** One message, or line ends alone. */
    void received(Hop source, byte[] message);

    /**
     * A stream that cannot be cut into messages any more; it is closed once the answer is out.
     *
     * @param head the header of the message at fault, perhaps cut short
     * @param status 400 or 513
     * @param reason what is wrong
     */
    void broken(Hop source, byte[] head, int status, String reason);

    /** Nobody will look at a datagram that came, for there are too many. */
    void forgotten();

    /** A connection was not kept, and nothing is said to its peer. */
    void shut(Hop source, Shut why);
}
