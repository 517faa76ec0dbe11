/**
 * Files that only their owner may read. Enters: bytes to keep, or a file or directory somebody made. Leaves: files that
 * are whole or not there, never readable by others, or a refusal that says which right is too many; a password out of such a
 * file; a directory that one process has. Knows not what the secrets are for.
 */
@NullMarked
package org.callclear.tokens.secrets;

import org.jspecify.annotations.NullMarked;
