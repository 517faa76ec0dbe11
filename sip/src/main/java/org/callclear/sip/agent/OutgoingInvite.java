package org.callclear.sip.agent;

import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Dial;
import org.callclear.sip.message.Headers;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipUri;
import org.callclear.sip.message.Via;
import org.callclear.sip.transport.Hop;

/** The INVITE of a call placed here, and its CANCEL. */
final class OutgoingInvite {
    private OutgoingInvite() {}

    static SipRequest of(Line line, Dial dial, Hop hop, String callId, String tag, long number, Headers more) {
        String host = host(dial);
        String uri = "sip:" + SipUri.encodeUser(dial.called()) + "@" + host + ":"
                + dial.peer().getPort()
                + Line.transport(dial.transport());
        Headers headers = Headers.NONE
                .with("Via", line.via(hop))
                .with("Max-Forwards", "70")
                .with("From", "<sip:" + SipUri.encodeUser(dial.calling()) + "@" + line.host(hop) + ">;tag=" + tag)
                .with("To", "<sip:" + SipUri.encodeUser(dial.called()) + "@" + host + ">")
                .with("Call-ID", callId)
                .with("CSeq", number + " INVITE")
                .with("Contact", line.contact(hop))
                .with("Allow", RequestRules.ALLOW)
                .with("User-Agent", line.name)
                .with(more);
        return dial.sdp().isEmpty()
                ? SipRequest.of("INVITE", uri, headers, "")
                : SipRequest.of(
                        "INVITE",
                        uri,
                        headers.with("Content-Type", "application/sdp"),
                        dial.sdp().text());
    }

    private static String host(Dial dial) {
        String plain = Via.text(dial.peer().getAddress());
        return plain.indexOf(':') < 0 ? plain : "[" + plain + "]";
    }

    /** RFC 3261, 9.1: the INVITE's Via, From, To, Call-ID and number. */
    static SipRequest cancel(SipRequest invite, Cause cause) {
        Headers headers = Headers.NONE
                .with("Via", invite.core().via().toString())
                .with("Max-Forwards", "70")
                .with("From", invite.core().from().toString())
                .with("To", invite.core().to().toString())
                .with("Call-ID", invite.core().callId())
                .with("CSeq", invite.core().cseq().number() + " CANCEL")
                .with(Reasons.of(cause));
        return SipRequest.of("CANCEL", invite.uri(), headers, "");
    }
}
