package org.callclear.proxy;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.callclear.proxy.call.AttemptReport;
import org.callclear.proxy.call.Exchange;
import org.callclear.proxy.journal.CallJournal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends reports until they are safe. A report stands in the journal before it is sent and leaves it when Kafka has
 * acknowledged it; in between it is sent again and again, at the latest by the next start. So a report may come twice,
 * the same both times, but never not at all.
 */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private final CallJournal journal;
    private final Exchange exchange;
    private final CallCounters counters;
    private final Queue<AttemptReport> failed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();

    Reports(CallJournal journal, Exchange exchange, CallCounters counters) {
        this.journal = journal;
        this.exchange = exchange;
        this.counters = counters;
    }

    /** Reports the end of an attempt. */
    void report(AttemptReport report) {
        journal.reported(report);
        send(report);
    }

    /** Sends a report that stands in the journal already. */
    void send(AttemptReport report) {
        underWay.incrementAndGet();
        var unused = exchange.report(report).whenComplete((sent, e) -> {
            if (e == null) {
                journal.sent(report);
            } else {
                failed.add(report);
                LOG.warn(
                        "call {} leg {}: report not sent, kept and tried again: {}",
                        report.attempt().call(),
                        report.attempt().leg(),
                        e.toString());
            }
            underWay.decrementAndGet();
        });
    }

    /** Sends again what could not be sent. */
    void retry() {
        for (int waiting = failed.size(); waiting > 0; waiting--) {
            AttemptReport report = failed.poll();
            if (report != null) {
                counters.resent();
                send(report);
            }
        }
    }

    /** Whether no report waits for its acknowledgement. */
    boolean isQuiet() {
        return underWay.get() == 0;
    }

    /** How many reports are not acknowledged. */
    long unsent() {
        return underWay.get() + (long) failed.size();
    }

    /** How often {@link #retry} is due. */
    static Duration retryEvery() {
        return Duration.ofSeconds(5);
    }
}
