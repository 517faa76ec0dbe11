/**
 * Signed permission for one call through one gateway. Enters: the claims of a granted route, or a token and what the
 * gateway expects of it. Leaves: a compact JWS (RFC 7515, Ed25519 as in RFC 8037 or P-256 as in RFC 7518), or a verdict that names why not.
 * Knows no Kafka, no SIP and no route; the originating carrier's price never comes here.
 */
@NullMarked
package org.callclear.tokens;

import org.jspecify.annotations.NullMarked;
