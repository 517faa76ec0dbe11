/**
 * What proxies ask of this gateway. Enters: records of its own set-up topic, of the partitions that this instance has and,
 * for what is said about calls that are up here, of those that it had. Leaves: calls for the switchboard, answers
 * to those that the gate refused, and the offset up to which nothing need be read again. Knows no trunks.
 */
@NullMarked
package org.callclear.gateways.requests;

import org.jspecify.annotations.NullMarked;
