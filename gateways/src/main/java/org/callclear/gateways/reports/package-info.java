/**
 * What the gateway says on Kafka. Enters: events for proxies, CDRs, heartbeats. Leaves: records on the right topic, and
 * word of what became of each. Knows no tokens, trunks or rules of a call.
 */
@NullMarked
package org.callclear.gateways.reports;

import org.jspecify.annotations.NullMarked;
