/**
 * The whole system under the same load for half an hour: what it keeps, how far it is behind, and how long its collector stops it. Enters:
 * a rate and a time. Leaves: a report. Knows of parties and topics what their page of metrics tells, and which of their memories grow
 * by design, and up to where.
 */
@NullMarked
package org.callclear.bench.steady;

import org.jspecify.annotations.NullMarked;
