/**
 * Who may speak on Kafka: the local certificate authority. Enters: the name of a party, and perhaps its own
 * request for a certificate. Leaves: its certificate in a PEM file, with a private key if none was brought, the
 * authority's certificate, and the list of what is revoked. Knows no tokens: the keys that sign those are not from
 * here, and nothing here verifies them.
 */
@NullMarked
package org.callclear.tokens.pki;

import org.jspecify.annotations.NullMarked;
