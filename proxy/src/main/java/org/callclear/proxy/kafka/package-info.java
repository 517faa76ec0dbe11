/**
 * What calls say and hear on Kafka. Enters: what a call says to the clearinghouse, a gateway or settlement. Leaves:
 * records, and the answers and events that are meant for this instance. Decides nothing.
 */
@NullMarked
package org.callclear.proxy.kafka;

import org.jspecify.annotations.NullMarked;
