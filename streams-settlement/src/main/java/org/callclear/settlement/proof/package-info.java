/**
 * What proves that a call is, or is not, in a statement. In go entries of the books; out come the lines of one carrier's
 * calls, a hash tree over them and the paths in it. Knows no Kafka, no clock, no signing key and no file.
 */
@NullMarked
package org.callclear.settlement.proof;

import org.jspecify.annotations.NullMarked;
