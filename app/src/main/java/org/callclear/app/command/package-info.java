/**
 * The command line. Enters: arguments. Leaves: text or JSON on standard output, one clear line on standard error when
 * something is wrong, and an exit code: 0 done, 1 failed, 2 misused, 3 done but for rows, records or topics that are named.
 */
@NullMarked
package org.callclear.app.command;

import org.jspecify.annotations.NullMarked;
