package org.callclear.sip.agent;

/**
 * How many transactions there is room for.
 *
 * @param transactions beyond this many a request is answered 503 and forgotten
 * @param keptForCalls of those, the ones that new calls may not take, so that calls under way can end
 */
record Room(int transactions, int keptForCalls) {
    /** 200,000, of which 20,000 are kept. */
    static final Room USUAL = new Room(200_000, 20_000);

    int forNewCalls() {
        return transactions - keptForCalls;
    }
}
