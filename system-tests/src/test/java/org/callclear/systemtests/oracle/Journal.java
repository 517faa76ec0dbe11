package org.callclear.systemtests.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.ResolveDispute;
import org.jspecify.annotations.Nullable;

/** What every reader of a journal knows of its records. */
final class Journal {
    private Journal() {}

    /** The instant that a record carries. */
    static Instant instant(SpecificRecord item) {
        return switch (item) {
            case Grant grant -> grant.getGrantedAt();
            case AcceptedCdr report -> report.getAcceptedAt();
            case PeriodBarrier barrier -> barrier.getAt();
            case RerateCall command -> command.getRequestedAt();
            case ResolveDispute command -> command.getRequestedAt();
            default -> throw new IllegalArgumentException("no such record: " + item.getClass());
        };
    }

    /** The call that a record is about; null for a barrier. */
    static @Nullable String callId(SpecificRecord item) {
        return switch (item) {
            case Grant grant -> grant.getCallId();
            case AcceptedCdr report -> report.getCdr().getCallId();
            case RerateCall command -> command.getCallId();
            case ResolveDispute command -> command.getCallId();
            default -> null;
        };
    }

    /** Calls go to partitions by their id, barriers to all of them. */
    static List<List<SpecificRecord>> partitioned(List<SpecificRecord> items, int partitions) {
        List<List<SpecificRecord>> split = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            split.add(new ArrayList<>());
        }
        for (SpecificRecord item : items) {
            String call = callId(item);
            if (call != null) {
                split.get(Math.floorMod(call.hashCode(), partitions)).add(item);
            } else {
                PeriodBarrier barrier = PeriodBarrier.newBuilder((PeriodBarrier) item)
                        .setPartitions(partitions)
                        .build();
                split.forEach(partition -> partition.add(barrier));
            }
        }
        return split;
    }
}
