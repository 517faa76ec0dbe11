/** All parties against a real Kafka, and what holds for the code as a whole. */
@NullMarked
package org.callclear.systemtests;

import org.jspecify.annotations.NullMarked;
