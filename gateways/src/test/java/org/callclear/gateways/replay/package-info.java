/** Tests of the shared memory of used tokens. */
@NullMarked
package org.callclear.gateways.replay;

import org.jspecify.annotations.NullMarked;
