package org.callclear.schemas.topics;

/**
 * How much of each broker a party may take. Brokers delay what comes above it, and refuse nothing.
 *
 * @param party the principal
 * @param producedBytes bytes per second that it may write
 * @param consumedBytes bytes per second that it may read
 * @param requestPercent time of a broker's request and network threads, in hundredths of one thread
 */
public record Quota(Party party, long producedBytes, long consumedBytes, int requestPercent) {
    /** Bytes that the proxy may write for a call: the question, set-ups at several gateways, the report. */
    static final long PROXY_WRITES = 16 << 10;

    /** Bytes that it may read for a call: the answer with a token for each gateway, the set-ups' events. */
    static final long PROXY_READS = 24 << 10;

    /** Bytes that a gateway may write for a call: events with session descriptions, the report. */
    static final long GATEWAY_WRITES = 12 << 10;

    /** Bytes that it may read for a call: set-up with the token, cancel, release. */
    static final long GATEWAY_READS = 12 << 10;

    /** Bytes per second to write or read: below this even a carrier of few calls could not start up, or read the keys, in good time. */
    public static final long LEAST_BYTES = 256 << 10;

    /** People read statements, of 16 MiB at most, and write nothing. */
    private static final long PEOPLE_READ = 4 << 20;

    private static final long PEOPLE_WRITE = 64 << 10;

    /** Of one thread, for the same reason as {@link #LEAST_BYTES}. */
    public static final int LEAST_PERCENT = 50;

    /** At the usual rate, of the embedded broker's six threads two. */
    private static final int PERCENT_AT_USUAL_RATE = 200;

    /**
     * The quota of a carrier's party.
     *
     * @param callsPerSecond what was agreed with the carrier
     * @throws IllegalArgumentException for a party that belongs to no carrier
     */
    static Quota of(Party party, int callsPerSecond) {
        return switch (party.kind()) {
            case PROXY -> of(party, callsPerSecond, PROXY_WRITES, PROXY_READS);
            case GATEWAY -> of(party, callsPerSecond, GATEWAY_WRITES, GATEWAY_READS);
            case CARRIER -> new Quota(party, PEOPLE_WRITE, PEOPLE_READ, LEAST_PERCENT);
            default -> throw new IllegalArgumentException(party + " belongs to no carrier");
        };
    }

    private static Quota of(Party party, int callsPerSecond, long writes, long reads) {
        long percent = ((long) callsPerSecond * PERCENT_AT_USUAL_RATE + CallRates.USUAL - 1) / CallRates.USUAL;
        return new Quota(
                party,
                Math.max(LEAST_BYTES, callsPerSecond * writes),
                Math.max(LEAST_BYTES, callsPerSecond * reads),
                (int) Math.max(LEAST_PERCENT, percent));
    }
}
