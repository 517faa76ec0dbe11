/**
 * The fact behind a yes. Enters: a decision, random bits, a key's id. Leaves: a grant for the journal, the answer with
 * tokens that follows from the grant alone, and the memory of calls decided lately. Knows no topics.
 */
@NullMarked
package org.callclear.clearinghouse.grant;

import org.jspecify.annotations.NullMarked;
