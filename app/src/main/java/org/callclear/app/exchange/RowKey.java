package org.callclear.app.exchange;

import java.util.UUID;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Role;

/**
 * What first sight knows a record of one carrier by: call id, leg and role, in 128 bits. A UUID of version 7 has six
 * bits that are always the same; leg (0 to 16) and role stand in them, so different keys are never equal.
 */
record RowKey(long high, long low) {
    private static final long VERSION = 0xF000L;
    private static final long VARIANT = 0xC000_0000_0000_0000L;

    /** Of a record that intake would take. */
    static RowKey of(CallDetailRecord cdr) {
        UUID id = UUID.fromString(cdr.getCallId());
        long leg = cdr.getLeg();
        long side = (((leg >>> 4) & 1) << 1) | (cdr.getRole() == Role.TERMINATING ? 1 : 0);
        return new RowKey(
                (id.getMostSignificantBits() & ~VERSION) | ((leg & 0xF) << 12),
                (id.getLeastSignificantBits() & ~VARIANT) | (side << 62));
    }
}
