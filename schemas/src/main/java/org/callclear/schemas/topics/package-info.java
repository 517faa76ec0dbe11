/**
 * The catalogue of topics and who may use them, and how much. Enters: the carriers and gateways there are, and the call
 * rates agreed with them. Leaves: topics to create with how long they keep, access rules and quotas to set, names to write
 * to. Knows no broker.
 */
@NullMarked
package org.callclear.schemas.topics;

import org.jspecify.annotations.NullMarked;
