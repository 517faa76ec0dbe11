/**
 * Dialogs (RFC 3261, 12): what two ends of a call must remember to speak again. Enters: an INVITE and its response.
 * Leaves: requests for that dialog and where they go. Knows no sockets, timers or listeners.
 */
@NullMarked
package org.callclear.sip.dialog;

import org.jspecify.annotations.NullMarked;
