/**
 * The public keys of tokens. Enters: the topic of token keys. Leaves: a key ring that is up to date while the gateway
 * runs. Knows nothing of calls.
 */
@NullMarked
package org.callclear.gateways.keys;

import org.jspecify.annotations.NullMarked;
