/**
 * Files that a carrier keeps and anybody checks: sealed statements and proofs of calls. In go their bytes and public keys;
 * out come what they say, and whether it holds. Knows no Kafka, no clock and no secret.
 */
@NullMarked
package org.callclear.settlement.evidence;

import org.jspecify.annotations.NullMarked;
