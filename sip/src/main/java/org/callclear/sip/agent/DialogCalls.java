package org.callclear.sip.agent;

import org.callclear.sip.call.Cause;
import org.callclear.sip.dialog.Dialog;
import org.callclear.sip.message.Headers;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.transaction.LiveTransaction;
import org.callclear.sip.transaction.Notice;
import org.callclear.sip.transport.Hop;

/** What both kinds of call do within their dialog. On the loop only. */
final class DialogCalls {
    private final Line line;
    private final Dialog dialog;
    private final String tag;
    private long ownNumber;
    private long theirNumber;

    /** The dialog of an INVITE that came in. */
    DialogCalls(Line line, Dialog dialog, SipRequest invite, String tag) {
        this(line, dialog, tag, 0, invite.core().cseq().number());
    }

    DialogCalls(Line line, Dialog dialog, String tag, long ownNumber, long theirNumber) {
        this.line = line;
        this.dialog = dialog;
        this.tag = tag;
        this.ownNumber = ownNumber;
        this.theirNumber = theirNumber;
    }

    Dialog dialog() {
        return dialog;
    }

    /** Answers a request within the dialog; true when it was a BYE. */
    boolean answer(SipRequest request, LiveTransaction asked) {
        long number = request.core().cseq().number();
        if (number <= theirNumber) {
            respond(request, asked, 500, Headers.NONE); // 12.2.2: out of order
            return false;
        }
        theirNumber = number;
        switch (request.method()) {
            case "BYE" -> respond(request, asked, 200, Headers.NONE);
            case "OPTIONS" -> respond(request, asked, 200, abilities());
            // The session stays as it was agreed (14.2): the call goes on.
            case "INVITE" -> respond(request, asked, 488, Headers.NONE);
            default -> respond(request, asked, 405, Headers.NONE.with("Allow", RequestRules.ALLOW));
        }
        return request.is("BYE");
    }

    private void respond(SipRequest request, LiveTransaction asked, int status, Headers more) {
        asked.respond(line.response(request, status, tag, more, ""));
    }

    /** What an answer to OPTIONS tells (11.2). */
    static Headers abilities() {
        return Headers.NONE
                .with("Allow", RequestRules.ALLOW)
                .with("Accept", "application/sdp")
                .with("Accept-Encoding", "identity")
                .with("Supported", "");
    }

    /** Sends BYE; tells when it is answered or given up. */
    void bye(Cause cause, Runnable done) {
        ownNumber++;
        Hop hop = line.hop(dialog);
        Headers more = Reasons.of(cause).with("User-Agent", line.name);
        SipRequest bye = dialog.request("BYE", ownNumber, line.via(hop), more);
        line.transactions.send(bye, hop.isReliable(), line.outlet(hop), notice -> {
            if (!(notice instanceof Notice.Answered answered)
                    || answered.response().isFinal()) {
                done.run();
            }
        });
    }

    /** Sends the ACK of a 2xx (13.2.2.4). */
    void acknowledge(long inviteNumber) {
        Hop hop = line.hop(dialog);
        line.send(hop, dialog.request("ACK", inviteNumber, line.via(hop), Headers.NONE));
    }
}
