/**
 * A whole Kafka for one machine: broker, schema registry, local certificate authority, keys. Enters: a data directory and
 * ports. Leaves: addresses and a way in for each party. Knows nothing of calls, topics or commands.
 */
@NullMarked
package org.callclear.app.stack;

import org.jspecify.annotations.NullMarked;
