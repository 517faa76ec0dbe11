package org.callclear.tokens;

import org.callclear.schemas.avro.SetupRefusal;

/** What a verification came to. */
public sealed interface Verdict {
    /** The token opens the gateway, once, and this was the once. */
    record Accepted(Claims claims) implements Verdict {}

    /**
     * The token opens nothing.
     *
     * @param refusal the first check that failed, in the order of the enum
     */
    record Rejected(SetupRefusal refusal) implements Verdict {}
}
