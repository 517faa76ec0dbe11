/**
 * What callers dial. Enters: the user part of a SIP or tel URI. Leaves: an E.164 number, or what the caller hears
 * instead. Knows no subscribers and no SIP messages.
 */
@NullMarked
package org.callclear.proxy.number;

import org.jspecify.annotations.NullMarked;
