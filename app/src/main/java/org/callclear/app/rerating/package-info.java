/**
 * Prices calls anew by what their contract and its deck say now. Enters: calls as settlement found them, a contract, a deck and
 * a time. Leaves: what would change, line by line, what is left alone and why, and on request a command for each call that
 * changes. Posts nothing itself: settlement does.
 */
@NullMarked
package org.callclear.app.rerating;

import org.jspecify.annotations.NullMarked;
