package org.callclear.settlement.replay;

import org.apache.avro.specific.SpecificRecord;

/** What is put in the place of a record of the journal, to see what would have been. */
@FunctionalInterface
public interface Change {
    /** Leaves everything as it was. */
    Change NONE = record -> record;

    /** The record to be folded; may be the same. Called by several threads at once. */
    SpecificRecord of(SpecificRecord record);
}
