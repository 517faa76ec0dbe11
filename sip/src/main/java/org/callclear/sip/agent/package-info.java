/**
 * The user agent: calls over transactions over sockets, all on one event loop. Enters: messages, and what a party wants
 * of its calls. Leaves: responses and requests, and word to each call's listener. Knows no carriers, tokens or topics.
 */
@NullMarked
package org.callclear.sip.agent;

import org.jspecify.annotations.NullMarked;
