package org.callclear.sip.message;

import java.util.ArrayList;
import java.util.List;

/**
 * A response.
 *
 * @param status 100 to 699
 * @param reason the phrase
 * @param headers all header fields
 * @param core the mandatory ones, read
 * @param body empty when there is none
 */
public record SipResponse(int status, String reason, Headers headers, Core core, String body) implements SipMessage {
    /**
     * The answer to a request (RFC 3261, 8.2.6).
     *
     * @param tag for To, unless the request had one there; empty for none
     * @param more header fields of this answer
     */
    public static SipResponse to(SipRequest request, int status, String reason, String tag, Headers more, String body) {
        Core asked = request.core();
        boolean marks = asked.to().tag().isEmpty() && !tag.isEmpty();
        Core core = marks
                ? new Core(asked.via(), asked.from(), asked.to().tagged(tag), asked.callId(), asked.cseq())
                : asked;
        List<Header> fields = new ArrayList<>(12);
        copy(request.headers(), "Via", fields);
        if (status > 100 && status < 300) {
            copy(request.headers(), "Record-Route", fields); // RFC 3261, 12.1.1
        }
        copy(request.headers(), "From", fields);
        fields.add(new Header("To", core.to().toString()));
        copy(request.headers(), "Call-ID", fields);
        copy(request.headers(), "CSeq", fields);
        more.forEach(fields::add);
        return new SipResponse(status, reason, new Headers(fields), core, body);
    }

    static void copy(Headers from, String name, List<Header> into) {
        for (String value : from.all(name)) {
            into.add(new Header(name, value));
        }
    }

    /** Whether it ends the request's transaction. */
    public boolean isFinal() {
        return status >= 200;
    }

    /** Whether the request succeeded. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Override
    public String startLine() {
        return "SIP/2.0 " + status + " " + reason;
    }

    /** The status alone: header fields hold numbers and addresses. */
    @Override
    public String toString() {
        return "SipResponse[" + status + " " + core.cseq().method() + "]";
    }
}
