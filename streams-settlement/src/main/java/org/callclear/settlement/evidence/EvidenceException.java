package org.callclear.settlement.evidence;

/** A file is not of the form that it must have; the message names the member. Whether what it says holds is another matter. */
public final class EvidenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EvidenceException(String message) {
        super(message);
    }

    EvidenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
