package org.callclear.settlement.reconcile;

import org.callclear.schemas.avro.FileEntry;
import org.callclear.schemas.avro.RateTerms;
import org.jspecify.annotations.Nullable;

/**
 * What the books hold of an attempt, with all that its price needs.
 *
 * @param entry what settles and what is withheld
 * @param entryId its name in the books
 * @param origination terms of the originating side; null when it has none
 * @param termination terms of the terminating side; null when it has none
 * @param owedIn where the originating side's amounts stand; null without its terms
 * @param dueIn where the terminating side's amounts stand; null without its terms
 */
public record Standing(
        FileEntry entry,
        String entryId,
        @Nullable RateTerms origination,
        @Nullable RateTerms termination,
        @Nullable Placed owedIn,
        @Nullable Placed dueIn) {}
