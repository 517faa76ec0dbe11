/**
 * Real calls through a running machine, and the proof that each was paid for. Enters: a machine and a number of calls.
 * Leaves: what became of them, the statements of the period they were in, and what is wrong with it all. Prints nothing.
 */
@NullMarked
package org.callclear.app.demo;

import org.jspecify.annotations.NullMarked;
