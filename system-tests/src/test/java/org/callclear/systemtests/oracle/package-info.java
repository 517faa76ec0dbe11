/**
 * A second settlement, slow and plain, and a made-up world to settle. Enters: a seed. Leaves: journals, and the statements,
 * sums of postings and disputes that docs/settlement.md says they come to. Shares no arithmetic with the product: nothing of
 * org.callclear.schemas.money, org.callclear.schemas.rating or org.callclear.settlement is used here, only the records.
 */
@NullMarked
package org.callclear.systemtests.oracle;

import org.jspecify.annotations.NullMarked;
