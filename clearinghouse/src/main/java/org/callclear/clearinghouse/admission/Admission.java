package org.callclear.clearinghouse.admission;

import org.callclear.schemas.avro.DenialReason;

/** Whether a question is gone into. */
public sealed interface Admission {
    /** Yes. */
    record Admitted(AskedCall call) implements Admission {}

    /**
     * No.
     *
     * @param detail one sentence for the operator, without a phone number
     */
    record Refused(DenialReason reason, String detail) implements Admission {}
}
