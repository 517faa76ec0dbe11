/**
 * The life of the keys that sign tokens. Enters: what the administration wants of a key, the private keys where they are
 * kept, and what token-keys and the gateways say. Leaves: new words on token-keys, and how each key stands. Signs nothing.
 */
@NullMarked
package org.callclear.app.keys;

import org.jspecify.annotations.NullMarked;
