/**
 * Watches the calls that all instances have granted. Enters: grants and reports from the settlement journal, as they are
 * written and from a while back. Leaves: calls that begin and end, told to the limit book. Decides nothing.
 */
@NullMarked
package org.callclear.clearinghouse.watching;

import org.jspecify.annotations.NullMarked;
