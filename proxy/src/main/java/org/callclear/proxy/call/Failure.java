package org.callclear.proxy.call;

import org.callclear.sip.call.Cause;

/**
 * Why an attempt did not come about, as SIP and Q.850 say it.
 *
 * @param status SIP final status, 300 to 699
 * @param cause Q.850
 */
public record Failure(int status, Cause cause) {
    /** @throws IllegalArgumentException when the status is not 300 to 699 */
    public Failure {
        if (status < 300 || status > 699) {
            throw new IllegalArgumentException("SIP failure status " + status + ": must be 300 to 699");
        }
    }
}
