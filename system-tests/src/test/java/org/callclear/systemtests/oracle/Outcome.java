package org.callclear.systemtests.oracle;

import java.util.Map;

/**
 * What a journal comes to.
 *
 * @param statements canonical JSON by statement id, sorted
 * @param accounts sums of postings by "account currency period kind", and for each attempt by "call/leg account ...", with six decimals, sorted; sums of 0 are left out
 * @param disputes "class state" by dispute id, sorted; only "WITHDRAWN" for those
 * @param reasons why a report is from no party, by the id of the dispute over it; empty where it is from one after all
 */
record Outcome(
        Map<String, String> statements,
        Map<String, String> accounts,
        Map<String, String> disputes,
        Map<String, String> reasons) {}
