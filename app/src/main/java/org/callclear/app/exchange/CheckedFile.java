package org.callclear.app.exchange;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Set;

/**
 * What the first reading of a file found.
 *
 * @param digest SHA-256 of the bytes read
 * @param all totals over all rows, as the sender counts
 * @param taken the ordinals of the rows to take
 * @param takenTotals totals over those
 * @param backwards keys of which a lower version stands after a higher one
 * @param corrections rows among those taken whose version is above 1
 * @param repeated rows that say again what another says
 * @param faulty rows at fault
 */
record CheckedFile(
        ByteBuffer digest,
        Totals all,
        BitSet taken,
        Totals takenTotals,
        Set<RowKey> backwards,
        long corrections,
        long repeated,
        long faulty) {
    byte[] digestBytes() {
        return FileDigest.bytes(digest);
    }
}
