/**
 * Settlement: reports of calls become money owed. Enters: CDRs and commands, through intake, and grants, all by way of
 * the journal. Leaves: postings, positions, disputes and statements. Knows no SIP and no other party.
 */
@NullMarked
package org.callclear.settlement;

import org.jspecify.annotations.NullMarked;
