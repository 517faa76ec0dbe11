/**
 * May this question be answered at all. Enters: a request, who is proved to have asked, a snapshot, an instant. Leaves:
 * a call with checked values, or a reason. Knows no routes, no prices and no topics.
 */
@NullMarked
package org.callclear.clearinghouse.admission;

import org.jspecify.annotations.NullMarked;
