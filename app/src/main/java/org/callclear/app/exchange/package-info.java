/**
 * Usage records exchanged as files. Enters: CSV files of a carrier with their audit totals, and the records of a
 * carrier's topic. Leaves: records on that topic and a note of the file, in one Kafka transaction; or files with their
 * totals. Tells what one file repeats or contradicts; what several files say is for settlement to compare. Knows no
 * prices.
 */
@NullMarked
package org.callclear.app.exchange;

import org.jspecify.annotations.NullMarked;
