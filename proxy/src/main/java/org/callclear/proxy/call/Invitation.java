package org.callclear.proxy.call;

import java.time.Instant;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.E164Number;
import org.callclear.sip.call.Sdp;

/**
 * What the caller asked for; fixed for the whole call.
 *
 * @param id the call's name on all topics, minted by this proxy
 * @param sipCallId the Call-ID of the caller's INVITE
 * @param calling who calls
 * @param called who is called
 * @param offer the caller's session description; empty for none
 * @param at when the INVITE was taken in
 */
public record Invitation(CallId id, String sipCallId, E164Number calling, E164Number called, Sdp offer, Instant at) {}
