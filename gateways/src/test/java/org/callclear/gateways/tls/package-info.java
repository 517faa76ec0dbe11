/** SIP over TLS between agents that run and peers of other makes. */
@NullMarked
package org.callclear.gateways.tls;

import org.jspecify.annotations.NullMarked;
