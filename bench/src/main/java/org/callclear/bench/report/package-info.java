/** Writes down what was measured, with the machine and the command. Knows no Kafka. */
@NullMarked
package org.callclear.bench.report;

import org.jspecify.annotations.NullMarked;
