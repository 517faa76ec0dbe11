/**
 * What makes a complete statement one that is published: its place after the one before it, the root over the lines of its
 * calls, and the clearinghouse's signature. In go drafts and entries of the books; out come sealed statements. Knows
 * no price and keeps no key.
 */
@NullMarked
package org.callclear.settlement.seal;

import org.jspecify.annotations.NullMarked;
