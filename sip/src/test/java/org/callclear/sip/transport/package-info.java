/** Tests. */
@NullMarked
package org.callclear.sip.transport;

import org.jspecify.annotations.NullMarked;
