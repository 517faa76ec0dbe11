/**
 * The whole system on one machine: the embedded stack, the sample reference data, and every party of the reference data
 * in this JVM. Enters: a data directory. Leaves: running parties, and a file that tells commands how to reach them. Knows
 * nothing of commands and of calls.
 */
@NullMarked
package org.callclear.app.machine;

import org.jspecify.annotations.NullMarked;
