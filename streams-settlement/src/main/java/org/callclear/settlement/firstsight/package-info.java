/**
 * Tells a report from its repetition and from a contradiction. Enters: a report and what was seen under its key.
 * Leaves: a verdict. Knows no Kafka and no prices.
 */
@NullMarked
package org.callclear.settlement.firstsight;

import org.jspecify.annotations.NullMarked;
