package org.callclear.sip.agent;

import org.callclear.sip.dialog.DialogId;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.transaction.LiveTransaction;

/** One call as the dispatcher sees it. On the loop only. */
interface Leg {
    /** Under which requests find it. */
    DialogId id();

    /** The other end's tag; a request with another one is not for this call. */
    String remoteTag();

    /** A request within the dialog, neither ACK nor CANCEL, that passed the rules. */
    void requested(SipRequest request, LiveTransaction transaction);

    /** An ACK outside any transaction. */
    void acknowledged(SipRequest ack);
}
