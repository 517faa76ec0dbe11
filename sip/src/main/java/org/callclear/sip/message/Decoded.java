package org.callclear.sip.message;

/** What came of decoding one message. */
public sealed interface Decoded {
    /** A whole message. */
    record Whole(SipMessage message) implements Decoded {}

    /**
     * A request at fault whose sender can be told.
     *
     * @param method of the request; never ACK, which is never answered
     * @param headers those that could be read
     * @param via the topmost Via
     * @param status 400, 505 or 513
     * @param reason names the header field at fault, never its value
     */
    record Faulty(String method, Headers headers, Via via, int status, String reason) implements Decoded {}

    /** Nothing that can be answered. */
    record Unreadable(String why) implements Decoded {}

    /** Line ends with no message between them, sent to keep a path open (RFC 5626, 4.4.1). */
    record KeepAlive() implements Decoded {}
}
