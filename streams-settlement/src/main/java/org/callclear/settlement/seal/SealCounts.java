package org.callclear.settlement.seal;

import java.util.concurrent.atomic.LongAdder;
import org.callclear.metrics.Latency;
import org.callclear.metrics.Meters;

/** Counts statements that are sealed, and tells whether drafts wait for a key. Written by the sealer's thread. */
final class SealCounts {
    private final LongAdder statements = new LongAdder();
    private final Latency took;
    private volatile boolean hindered;

    SealCounts(Meters meters) {
        meters.counted("settlement.statements", "statements sealed and published", statements::sum);
        meters.gauge(
                "settlement.seal.hindered",
                "1 while drafts wait because nothing can sign them",
                () -> hindered ? 1 : 0);
        this.took = meters.latency(
                "settlement.seal", "how long some drafts that came together take until their statements are published");
    }

    void sealed(int published, long begunNanos) {
        statements.add(published);
        took.tookSince(begunNanos);
    }

    void hindered(boolean now) {
        hindered = now;
    }
}
