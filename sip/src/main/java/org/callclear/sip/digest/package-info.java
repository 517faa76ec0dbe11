/**
 * Digest authentication (RFC 7616 as RFC 8760 brings it to SIP). Enters: a method, an Authorization or a challenge.
 * Leaves: a verdict, a challenge or credentials to send. Knows no calls and keeps no passwords.
 */
@NullMarked
package org.callclear.sip.digest;

import org.jspecify.annotations.NullMarked;
