/**
 * The one thread of a user agent. Enters: tasks from any thread, delays. Leaves: their execution, in order. Knows no
 * messages.
 */
@NullMarked
package org.callclear.sip.loop;

import org.jspecify.annotations.NullMarked;
