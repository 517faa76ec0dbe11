/** The foreign SIP end: sipp as caller and as PSTN. Enters: where to call. Leaves: how many calls went through. */
@NullMarked
package org.callclear.testkit.sipp;

import org.jspecify.annotations.NullMarked;
