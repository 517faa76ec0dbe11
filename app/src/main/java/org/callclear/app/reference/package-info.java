/**
 * Reference data as files: carriers, gateways, contracts, rate decks, limits, exchange rates. Enters: CSV (RFC 4180),
 * contracts also as YAML, and what the topics hold already, token keys among it. Leaves: records that are whole, or every
 * fault of the file with its place; and on their topics, in one Kafka transaction, a new revision; exchange rates go to
 * netting and onto no topic. A file with a fault changes nothing. Knows no command line, and no call.
 */
@NullMarked
package org.callclear.app.reference;

import org.jspecify.annotations.NullMarked;
