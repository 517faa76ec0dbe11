package org.callclear.bench.sip;

import java.util.List;

/** What lies between the two ends. */
public interface Way extends AutoCloseable {
    /** As the report calls it. */
    String name();

    /** The UDP port of the loopback address that callers call. */
    int port();

    /** The scenario of its callers. */
    default String scenario() {
        return "caller.xml";
    }

    /** What callers have to be told besides. */
    default List<String> callerWords() {
        return List.of();
    }

    /** Waits until nothing of what was asked of it is left to be done, at most so many seconds. */
    default void settle(int seconds) {}

    /** Processor time that its processes have taken so far, ns. */
    long cpuNanos();

    @Override
    void close();
}
