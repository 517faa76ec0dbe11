package org.callclear.clearinghouse.grant;

import org.callclear.clearinghouse.decision.Decision;
import org.callclear.schemas.avro.AuthorizationGranted;
import org.callclear.schemas.avro.Grant;

/** A decision that has become facts. */
public sealed interface Judgement {
    /** Yes: the fact for the journal, and the answer that follows from it. */
    record Yes(Grant grant, AuthorizationGranted answer) implements Judgement {}

    /** No. */
    record No(Decision.Denied denied) implements Judgement {}
}
