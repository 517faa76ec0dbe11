/**
 * How records travel. Enters: Avro records. Leaves: bytes in the Confluent wire format (a zero byte, a four-byte schema
 * id, Avro binary), and the client settings that reach a secured broker. Knows no topic by name.
 */
@NullMarked
package org.callclear.schemas.wire;

import org.jspecify.annotations.NullMarked;
