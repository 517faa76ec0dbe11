/**
 * The journal read again. In goes a journal, wherever it is kept; out come the statements that follow from it, and
 * the lines of their calls. Reads only through {@link org.callclear.settlement.replay.JournalLog}, and writes nothing.
 */
@NullMarked
package org.callclear.settlement.replay;

import org.jspecify.annotations.NullMarked;
