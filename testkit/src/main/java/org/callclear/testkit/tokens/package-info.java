/**
 * Tokens for tests, good and forged. Enters: what a gateway expects. Leaves: a token it accepts, or one for each way of
 * lying. The key is fixed and known to everybody; it signs with the JDK's Ed25519, which is not the product's, so the
 * two check each other.
 */
@NullMarked
package org.callclear.testkit.tokens;

import org.jspecify.annotations.NullMarked;
