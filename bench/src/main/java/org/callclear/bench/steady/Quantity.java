package org.callclear.bench.steady;

/**
 * Something that is looked at again and again.
 *
 * @param name as the report calls it
 * @param unit of its values
 */
record Quantity(String name, String unit) {
    static final Quantity RSS = new Quantity("memory that the process holds (RSS)", "MiB");
    static final Quantity THREADS = new Quantity("threads", "threads");
    static final Quantity SETTLEMENT = new Quantity("settlement's state on disk", "MiB");
    static final Quantity JOURNALS = new Quantity("journals of open calls on disk, proxies' and gateways'", "MiB");
    static final Quantity LOG = new Quantity("callclear.log", "MiB");
    static final Quantity USED_TOKENS = new Quantity("used tokens remembered", "tokens");

    static Quantity openCallsOf(String party) {
        return new Quantity("open calls, " + party, "calls");
    }

    static Quantity lagOf(String reader) {
        return new Quantity("lag, " + reader, "records");
    }

    boolean isLag() {
        return unit.equals("records");
    }
}
