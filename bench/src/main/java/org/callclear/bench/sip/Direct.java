package org.callclear.bench.sip;

/** Nothing between the ends. */
record Direct(int port) implements Way {
    static final String NAME = "direct";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long cpuNanos() {
        return 0;
    }

    @Override
    public void close() {}
}
