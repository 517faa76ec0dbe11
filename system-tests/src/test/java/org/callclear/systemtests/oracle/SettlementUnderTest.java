package org.callclear.systemtests.oracle;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** A settlement that reads a journal from its first record to its last. */
interface SettlementUnderTest {
    /**
     * Settles.
     *
     * @param partitions the records of each partition of the journal, in order
     * @param restartAfterPercent when it has read a part of so much of the journal it is stopped, and then started again; 0 for
     *     never
     */
    Outcome settle(List<List<SpecificRecord>> partitions, int restartAfterPercent);
}
