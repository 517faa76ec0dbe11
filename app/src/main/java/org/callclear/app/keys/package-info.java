/**
 * The life of the keys that sign tokens, and of those that sign statements. Enters: what the administration wants of a key,
 * the private keys where they are kept, and what token-keys, statement-keys and the gateways say. Leaves: new words on the
 * topic of a use, how each key stands, and for settlement the signatures of statements. Signs no tokens.
 */
@NullMarked
package org.callclear.app.keys;

import org.jspecify.annotations.NullMarked;
