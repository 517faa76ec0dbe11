/**
 * The caller's side. Enters: calls from SIP user agents, and what the clearinghouse and the gateways say of them on
 * Kafka. Leaves: requests for authorization, set-ups, and one originating CDR for every attempt. Knows no prices and
 * reads no token.
 */
@NullMarked
package org.callclear.proxy;

import org.jspecify.annotations.NullMarked;
