package org.callclear.gateways.switching;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.callclear.gateways.call.CallFacts;
import org.callclear.gateways.call.Outcome;
import org.callclear.gateways.journal.OpenCallJournal;
import org.callclear.gateways.reports.Reports;
import org.callclear.schemas.avro.CallDetailRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings CDRs to Kafka for certain: first into the journal, then sent until it is acknowledged, then out of the journal.
 * What the process does not live to bring, its successor finds in the journal and brings, with the same content.
 */
final class CdrDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(CdrDelivery.class);
    private static final Duration SEND_AGAIN_AFTER = Duration.ofSeconds(2);

    private final Reports reports;
    private final OpenCallJournal journal;
    private final Timers timers;

    CdrDelivery(Reports reports, OpenCallJournal journal, Timers timers) {
        this.reports = reports;
        this.journal = journal;
        this.timers = timers;
    }

    /** Done when the CDR is acknowledged, be it after many attempts. */
    CompletableFuture<Void> deliver(CallFacts facts, Outcome outcome) {
        try {
            journal.ended(facts.transaction(), outcome);
        } catch (UncheckedIOException e) {
            LOG.error("call {}: its end is not in the journal; its CDR is sent all the same", facts.call(), e);
        }
        CompletableFuture<Void> delivered = new CompletableFuture<>();
        attempt(facts, outcome.cdr(facts), delivered);
        return delivered;
    }

    private void attempt(CallFacts facts, CallDetailRecord cdr, CompletableFuture<Void> delivered) {
        var unused = reports.cdr(cdr).whenComplete((done, failure) -> {
            if (failure == null) {
                forget(facts);
                delivered.complete(null);
            } else {
                LOG.warn("call {}: CDR not acknowledged, sending it again: {}", facts.call(), failure.toString());
                timers.after(SEND_AGAIN_AFTER, () -> attempt(facts, cdr, delivered));
            }
        });
    }

    private void forget(CallFacts facts) {
        try {
            journal.reported(facts.transaction());
        } catch (UncheckedIOException e) {
            LOG.error("call {}: reported, but still in the journal: it will be reported again, alike", facts.call(), e);
        }
    }
}
