/**
 * What the whole way of a call costs the caller's patience: sipp on both ends, and between them nothing, Kamailio, or all of
 * Callclear. Both programs are other people's, run as they come from their packages. Knows nothing of what is said on Kafka.
 */
@NullMarked
package org.callclear.bench.sip;

import org.jspecify.annotations.NullMarked;
