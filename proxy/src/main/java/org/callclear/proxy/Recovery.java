package org.callclear.proxy;

import java.time.Instant;
import org.callclear.proxy.call.Attempt;
import org.callclear.proxy.call.Exchange;
import org.callclear.proxy.call.GatewayLeg;
import org.callclear.proxy.journal.CallJournal;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.sip.call.Cause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start owes the calls that the last stop cut off: every report that is not known to be safe is sent again, and
 * every attempt that was under way is released at its gateway and reported as ended when the proxy was last known to be
 * alive. That instant is at most {@link Proxy#PULSE} before the kill: by so much the reported talk time may be short.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final int ANSWERED = 200;
    private static final int CUT_OFF = 503;
    private static final Cause WHY = Cause.TEMPORARY_FAILURE;

    private final CallJournal journal;
    private final Exchange exchange;
    private final Reports reports;

    Recovery(CallJournal journal, Exchange exchange, Reports reports) {
        this.journal = journal;
        this.exchange = exchange;
        this.reports = reports;
    }

    void run(Instant now) {
        var unsent = journal.unsent();
        var open = journal.open();
        if (!unsent.isEmpty() || !open.isEmpty()) {
            LOG.info("from before the last stop: {} reports to send, {} attempts to end", unsent.size(), open.size());
        }
        unsent.forEach(reports::send);
        Instant lastKnown = journal.lastKnown();
        open.forEach(attempt -> end(attempt, lastKnown, now));
    }

    private void end(Attempt attempt, Instant lastKnown, Instant now) {
        GatewayLeg leg = attempt.gateway();
        boolean answered = attempt.answeredAt() != null;
        if (leg != null) {
            if (!answered) {
                exchange.cancel(attempt.call(), leg, WHY, now);
            }
            // Also where no answer was seen: it may have come after the kill.
            exchange.release(attempt.call(), leg, WHY, ReleaseSource.PROXY, now);
        }
        reports.report(attempt.ended(lastKnown, answered ? ANSWERED : CUT_OFF, WHY, ReleaseSource.PROXY));
    }
}
