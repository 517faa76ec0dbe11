package org.callclear.tokens;

import org.callclear.schemas.avro.SetupRefusal;

/** What a verification came to. */
public sealed interface Verdict {
    /** Nothing speaks against the token; once it is used, that it opens the gateway, and that this was the once. */
    record Accepted(Claims claims) implements Verdict {}

    /**
     * The token opens nothing.
     *
     * @param refusal the first check that failed, in the order of the enum
     */
    record Rejected(SetupRefusal refusal) implements Verdict {}
}
