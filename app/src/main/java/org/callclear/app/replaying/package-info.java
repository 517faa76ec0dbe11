/**
 * A published statement computed again. In goes a statement's id; out comes that what follows from the journal is the same,
 * byte for byte, or what differs first. Writes to no topic, belongs to no group and commits nothing.
 */
@NullMarked
package org.callclear.app.replaying;

import org.jspecify.annotations.NullMarked;
