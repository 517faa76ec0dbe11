/**
 * Which key signs. Enters: the private keys as they are kept, what token-keys says of their public halves, and what each
 * gateway says it believes. Leaves: the id of the key that signs for a gateway. Knows no calls and makes no keys.
 */
@NullMarked
package org.callclear.clearinghouse.keys;

import org.jspecify.annotations.NullMarked;
