package org.callclear.bench.journal;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record of the journal.
 *
 * @param at when it is written, in log time
 * @param key the call id
 * @param value a grant or an accepted CDR
 */
public record Entry(Instant at, String key, SpecificRecord value) {}
