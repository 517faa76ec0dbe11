package org.callclear.bench.sip;

import java.util.List;

/** Nothing between the ends. */
record Direct(int port) implements Way {
    static final String NAME = "direct";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String scenario() {
        return "caller.xml";
    }

    @Override
    public List<String> callerWords() {
        return List.of();
    }

    @Override
    public void settle(int seconds) {}

    @Override
    public long cpuNanos() {
        return 0;
    }

    @Override
    public void close() {}
}
