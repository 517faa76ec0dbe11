package org.callclear.bench.steady;

/** A memory of calls that are over. It grows with them by design, up to a bound that the product sets itself. */
enum Book {
    TRANSACTIONS(
            "org.callclear.sip.transaction.LiveTransaction",
            "SIP transactions, with dialogs and messages: 32 s (RFC 3261 and 6026, timers J, L and M)",
            4_700),
    PROXIES("org.callclear.proxy.LiveCall", "calls that proxies remember: 2 min after their end", 600),
    GRANTS(
            "org.callclear.clearinghouse.grant.Remembered$Yes",
            "grants that are repeated when asked for again: a while longer than their tokens hold, 200,000 at most",
            900),
    LIMITS(
            "org.callclear.clearinghouse.limit.TrackedCall",
            "calls that count towards limits: 62 min after their end, 500,000 at most",
            210);

    private final String counted;
    private final String what;
    private final int bytesEach;

    /**
     * @param counted the class that has one object for each of them
     * @param bytesEach what one takes there, with all that belongs to it alone; measured on Java 25
     */
    Book(String counted, String what, int bytesEach) {
        this.counted = counted;
        this.what = what;
        this.bytesEach = bytesEach;
    }

    /** The class that has one object for each of them. */
    String counted() {
        return counted;
    }

    int bytesEach() {
        return bytesEach;
    }

    /** By how much it has grown, bytes; below zero when it has shrunk. */
    long growth(LiveObjects before, LiveObjects after) {
        return (after.count(counted) - before.count(counted)) * bytesEach;
    }

    String words(LiveObjects before, LiveObjects after) {
        return what + ": " + before.count(counted) + " before, " + after.count(counted) + " after, " + bytesEach
                + " bytes each";
    }
}
