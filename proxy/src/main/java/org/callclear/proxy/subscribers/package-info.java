/**
 * Who may call through this proxy. Enters: the users file. Leaves: passwords for the digest, and each caller's number.
 * Knows no SIP messages.
 */
@NullMarked
package org.callclear.proxy.subscribers;

import org.jspecify.annotations.NullMarked;
