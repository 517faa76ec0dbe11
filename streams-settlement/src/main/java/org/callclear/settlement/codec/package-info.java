/**
 * Reads and writes, by hand, the few records that pass for every call. Enters: Avro binary, or records. Leaves: the same records, or the same bytes that Avro's own
 * readers and writers give, in a fraction of their time; the tests compare them. Knows no Kafka. A record in another version of its schema is left to Avro.
 */
@NullMarked
package org.callclear.settlement.codec;

import org.jspecify.annotations.NullMarked;
