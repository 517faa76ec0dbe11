package org.callclear.proxy.number;

import org.callclear.schemas.call.E164Number;
import org.callclear.sip.call.Cause;

/** What a caller dialled, read. */
public sealed interface DialledNumber {
    /** A telephone number. */
    record Valid(E164Number number) implements DialledNumber {}

    /**
     * Not a telephone number that this proxy can place a call to.
     *
     * @param status 484 when digits are missing, 404 when no number was dialled at all
     * @param cause Q.850 28, invalid number format
     */
    record Invalid(int status, Cause cause) implements DialledNumber {}
}
