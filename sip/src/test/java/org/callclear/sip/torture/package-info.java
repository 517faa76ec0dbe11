/** The torture messages of RFC 4475 and RFC 5118, to the codec and to agents that run. */
@NullMarked
package org.callclear.sip.torture;

import org.jspecify.annotations.NullMarked;
