package org.callclear.settlement.stages;

/** Where a stage hands a record on to: names of the nodes that come next. Each record goes to the one that it is for. */
public final class Outlet {
    /** What the books are to hold, and where a period ends: {@link BookStage}. */
    public static final String BOOK = "book";
    /** What is booked, to be added up, and where a period ends: {@link TotalsStage}. */
    public static final String TOTALS = "total";

    /** Reports that contradict what is known. */
    public static final String SET_ASIDE = "write-cdr-rejected";
    /** Calls with what they come to. */
    public static final String CALLS = "write-reconciled-calls";
    /** The life of disputes. */
    public static final String DISPUTES = "write-disputes";
    /** Attempts that nobody answered. */
    public static final String ATTEMPTS = "write-call-attempts";
    /** What became of commands. */
    public static final String OUTCOMES = "write-command-outcomes";
    /** Lines of the books that payments make. */
    public static final String PAYMENTS = "write-payments";
    /** Lines of the books that calls make. */
    public static final String POSTINGS = "write-postings";

    private Outlet() {}
}
