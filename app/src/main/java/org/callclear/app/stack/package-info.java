/**
 * A whole Kafka for one machine: broker, schema registry, local certificate authority, keys. Enters: a data directory and
 * ports. Leaves: addresses and a way in for each party, refused to whom the authority revoked; or what is damaged, and what
 * is due. Knows nothing of calls or commands, and no topic's records.
 */
@NullMarked
package org.callclear.app.stack;

import org.jspecify.annotations.NullMarked;
