package org.callclear.sip.message;

import java.io.Serial;

/** Text that breaks the grammar; never leaves this package's codec, which turns it into a {@link Decoded}. */
final class Malformed extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    final int status;

    Malformed(String what) {
        this(400, what);
    }

    Malformed(int status, String what) {
        super(what, null, false, false);
        this.status = status;
    }

    /** The fault in words fit for a reason phrase: it names the header field and never repeats its value. */
    String what() {
        String message = getMessage();
        return message == null ? "Bad Request" : message;
    }
}
