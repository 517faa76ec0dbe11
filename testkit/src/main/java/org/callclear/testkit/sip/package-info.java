/**
 * SIP peers for tests. Enters: text to send. Leaves: the text that came. Knows nothing of SIP beyond where a message
 * ends.
 */
@NullMarked
package org.callclear.testkit.sip;

import org.jspecify.annotations.NullMarked;
