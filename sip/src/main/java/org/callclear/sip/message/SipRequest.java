package org.callclear.sip.message;

import java.net.InetSocketAddress;

/**
 * A request.
 *
 * @param method as written: methods are case-sensitive
 * @param uri Request-URI as written
 * @param headers all header fields
 * @param core the mandatory ones, read
 * @param body empty when there is none
 */
public record SipRequest(String method, String uri, Headers headers, Core core, String body) implements SipMessage {
    /**
     * A request made here.
     *
     * @throws IllegalArgumentException when the header fields are not whole
     */
    public static SipRequest of(String method, String uri, Headers headers, String body) {
        try {
            return new SipRequest(method, uri, headers, Core.read(headers), body);
        } catch (Malformed e) {
            throw new IllegalArgumentException(method + ": " + e.what(), e);
        }
    }

    /** This request with the topmost Via marked with where it came from (RFC 3261, 18.2.1). */
    public SipRequest arrivedFrom(InetSocketAddress source) {
        Via via = core.via().arrivedFrom(source);
        Core marked = new Core(via, core.from(), core.to(), core.callId(), core.cseq());
        return new SipRequest(method, uri, headers.withFirst("Via", via.toString()), marked, body);
    }

    /** What is left when nobody sends it again: its mandatory header fields, read. */
    public SipRequest bare() {
        return new SipRequest(method, uri, Headers.NONE, core, "");
    }

    /** Whether it has this method. */
    public boolean is(String wanted) {
        return method.equals(wanted);
    }

    @Override
    public String startLine() {
        return method + " " + uri + " SIP/2.0";
    }

    /** The method alone: header fields hold numbers and addresses. */
    @Override
    public String toString() {
        return "SipRequest[" + method + "]";
    }
}
