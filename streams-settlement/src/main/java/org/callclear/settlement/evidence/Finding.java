package org.callclear.settlement.evidence;

import org.callclear.settlement.proof.CallProof;

/** What comes of checking a file. */
public sealed interface Finding {
    /** The statement is as it was signed. */
    record Sealed(SealedStatement statement) implements Finding {}

    /** The proof holds: the statement has these lines of the call and no others, or none. */
    record Proved(SealedStatement statement, CallProof proof) implements Finding {}

    /** The file shows nothing. */
    record Bad(String why) implements Finding {}
}
