package org.callclear.settlement.reconcile;

import org.callclear.schemas.avro.RateTerms;

/** Gives terms numbers, so that the files of calls need not hold them again and again. */
public interface TermsBook {
    /** The number of terms, from 1; a new one when they were never seen. */
    long numberOf(RateTerms terms);

    /**
     * The terms of a number.
     *
     * @throws IllegalArgumentException when no terms have it
     */
    RateTerms terms(long number);
}
