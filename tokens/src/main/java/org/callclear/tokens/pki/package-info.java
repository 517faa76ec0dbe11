/**
 * Who may speak on Kafka: the local certificate authority. Enters: the name of a party. Leaves: its private key and
 * certificate in one PEM file, and the authority's certificate. Knows no tokens: the keys that sign those are not from
 * here, and nothing here verifies them.
 */
@NullMarked
package org.callclear.tokens.pki;

import org.jspecify.annotations.NullMarked;
