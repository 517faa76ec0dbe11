package org.callclear.sip.message;

/** A request or a response; unchangeable, its mandatory header fields whole. */
public sealed interface SipMessage permits SipRequest, SipResponse {
    /** All header fields but Content-Length, which the codec counts. */
    Headers headers();

    /** The mandatory ones, read. */
    Core core();

    /** The body, one character a byte (ISO 8859-1); empty when there is none. */
    String body();

    /** The first line. */
    String startLine();
}
