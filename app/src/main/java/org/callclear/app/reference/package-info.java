/**
 * Reference data as files: carriers, gateways, contracts and rate decks. Enters: CSV (RFC 4180), contracts also as YAML, and what the topics hold
 * already. Leaves: records that are whole, or every fault of the file with its place; and on their topics, in one Kafka
 * transaction, a new revision. A file with a fault changes nothing.
 */
@NullMarked
package org.callclear.app.reference;

import org.jspecify.annotations.NullMarked;
