package org.callclear.clearinghouse.answering;

/** An answer was held back, because it is not sure any more that the partition is this instance's. */
final class NotOursException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotOursException() {
        super("the partition may have another owner");
    }
}
