package org.callclear.sip.transaction;

import java.util.Locale;
import org.callclear.sip.message.Core;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.Via;

/**
 * What makes two requests the same transaction for a server (RFC 3261, 17.2.3).
 *
 * @param place branch and sent-by; without the branch of RFC 3261 the fields its forerunner compared
 * @param method with INVITE for ACK
 */
public record ServerKey(String place, String method) {
    /** Key of the transaction that this request begins or belongs to. */
    public static ServerKey of(SipRequest request) {
        return new ServerKey(place(request), request.is("ACK") ? "INVITE" : request.method());
    }

    /** Key of the INVITE that this CANCEL is for (9.2). */
    public static ServerKey cancelledBy(SipRequest cancel) {
        return new ServerKey(place(cancel), "INVITE");
    }

    private static String place(SipRequest request) {
        Core core = request.core();
        Via via = core.via();
        String sentBy = via.host().toLowerCase(Locale.ROOT) + ":" + via.port();
        if (via.hasUniqueBranch()) {
            return via.branch() + " " + sentBy;
        }
        // The To tag is left out: the ACK of a refusal has one that its INVITE had not.
        return String.join(
                " ",
                request.uri(),
                core.from().tag(),
                core.callId(),
                Long.toString(core.cseq().number()),
                via.branch(),
                sentBy);
    }
}
