/** What a clearinghouse reads, for tests: reference records of a small world, and requests. */
@NullMarked
package org.callclear.testkit.clearing;

import org.jspecify.annotations.NullMarked;
