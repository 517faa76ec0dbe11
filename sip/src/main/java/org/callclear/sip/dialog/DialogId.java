package org.callclear.sip.dialog;

import org.callclear.sip.message.SipRequest;

/**
 * What names a dialog (RFC 3261, 12). The remote tag is not part of the key: our own is random and enough, and a peer
 * older than RFC 3261 has none.
 *
 * @param callId of the INVITE
 * @param localTag ours
 */
public record DialogId(String callId, String localTag) {
    /** The dialog that a request from the other end is meant for. */
    public static DialogId of(SipRequest request) {
        return new DialogId(request.core().callId(), request.core().to().tag());
    }
}
