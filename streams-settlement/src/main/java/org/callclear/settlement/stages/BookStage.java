package org.callclear.settlement.stages;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.settlement.post.DoubleEntry;
import org.callclear.settlement.price.Booking;
import org.callclear.settlement.price.Pricing;
import org.callclear.settlement.reconcile.Finding;

/**
 * Prices what changed. Leaves the call, its entries in the books, and the booking for the totals, which also get
 * the markers that pass. Keeps nothing.
 */
public final class BookStage implements ProcessorSupplier<String, Object, String, Object> {
    @Override
    public Processor<String, Object, String, Object> get() {
        return new Stage();
    }

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    private static final class Stage implements Processor<String, Object, String, Object> {
        private ProcessorContext<String, Object> context;

        @Override
        public void init(ProcessorContext<String, Object> context) {
            this.context = context;
        }

        @Override
        public void process(Record<String, Object> record) {
            switch (record.value()) {
                case Finding.Changed changed -> book(record, Pricing.priced(changed));
                case CalendarMarker marker -> context.forward(record.withValue(marker), Outlet.TOTALS);
                default -> throw new IllegalStateException("not for the books: " + record.key());
            }
        }

        private void book(Record<String, Object> record, Booking booking) {
            context.forward(record.withValue(booking.call()), Outlet.CALLS);
            for (LedgerEntry entry : DoubleEntry.of(booking)) {
                context.forward(record.withValue(entry), Outlet.POSTINGS);
            }
            context.forward(record.withValue(booking), Outlet.TOTALS);
        }
    }
}
