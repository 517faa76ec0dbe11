/** Processes of our own, each with a heap of its own. Enters: a main class and arguments. Leaves: what it measured, as JSON. Knows no Kafka. */
@NullMarked
package org.callclear.bench.child;

import org.jspecify.annotations.NullMarked;
