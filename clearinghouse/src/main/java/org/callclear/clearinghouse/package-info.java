/**
 * The service point: decides who may complete a call. Enters: authorization requests and reference data from topics.
 * Leaves: answers with signed tokens, and a grant in the settlement journal for each yes. Knows no SIP and no money owed.
 */
@NullMarked
package org.callclear.clearinghouse;

import org.jspecify.annotations.NullMarked;
