/**
 * The calls that are up. Enters: calls that the gate let in, and what proxies and the trunk say of them. Leaves: dialled
 * trunk legs, events and CDRs. Does what the pure rules of a call say; knows no tokens and no Kafka client.
 */
@NullMarked
package org.callclear.gateways.switching;

import org.jspecify.annotations.NullMarked;
