/**
 * Files that only their owner may read. Enters: bytes to keep, or a file somebody made. Leaves: files that are whole or
 * not there, never readable by others, or a refusal that says which right is too many. Knows not what is in them.
 */
@NullMarked
package org.callclear.tokens.secrets;

import org.jspecify.annotations.NullMarked;
