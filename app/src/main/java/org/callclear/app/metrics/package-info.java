/**
 * Whether and where a process shows what it counts. Enters: an address, or none. Leaves: meters for each party, and the page's
 * address. Knows no meter by name.
 */
@NullMarked
package org.callclear.app.metrics;

import org.jspecify.annotations.NullMarked;
