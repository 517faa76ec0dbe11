/**
 * The catalogue of topics and who may use them. Enters: the carriers and gateways there are. Leaves: topics to create,
 * access rules to set, names to write to. Knows no broker.
 */
@NullMarked
package org.callclear.schemas.topics;

import org.jspecify.annotations.NullMarked;
