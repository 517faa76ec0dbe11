package org.callclear.settlement.codec;

import java.util.Arrays;
import org.callclear.schemas.avro.RateTerms;

/** Terms out of a {@link TermsPool}, which know the binary they were read from, and the one they are written as. They are never changed. */
@SuppressWarnings("serial") // nobody serializes them as Java does
final class PooledTerms extends RateTerms {
    private final transient byte[] read;
    private final transient byte[] written;
    private final transient int hash;

    /**
     * Terms and their binary.
     *
     * @param terms what the binary says
     * @param read the binary, in whatever of the forms that Avro allows
     * @param hash of how that begins, as the pool works it out
     * @param written the binary in Avro's own form, mostly the same
     */
    PooledTerms(RateTerms terms, byte[] read, int hash, byte[] written) {
        super(
                terms.getContract(),
                terms.getContractRevision(),
                terms.getDeck(),
                terms.getDeckRevision(),
                terms.getPrefix(),
                terms.getDestination(),
                terms.getRatePerMinute(),
                terms.getCurrency(),
                terms.getInitialSeconds(),
                terms.getIncrementSeconds(),
                terms.getConnectFee(),
                terms.getDurationRounding(),
                terms.getIncrementAnchor(),
                terms.getRoundingLevel(),
                terms.getRoundingRule(),
                terms.getRoundingScale(),
                terms.getFreeSeconds(),
                terms.getFreeSecondsRule(),
                terms.getMinimumCharge(),
                terms.getAttemptFee(),
                terms.getRateChanges(),
                terms.getPeriodLength(),
                terms.getPeriodZone());
        this.read = read;
        this.hash = hash;
        this.written = Arrays.equals(read, written) ? read : written;
    }

    /** To be written; not to be changed. */
    byte[] binary() {
        return written;
    }

    int hash() {
        return hash;
    }

    /** How long the binary is that they were read from. */
    int length() {
        return read.length;
    }

    /** Whether that binary stands there. */
    boolean standsAt(byte[] bytes, int from) {
        return bytes.length - from >= read.length
                && Arrays.equals(read, 0, read.length, bytes, from, from + read.length);
    }
}
