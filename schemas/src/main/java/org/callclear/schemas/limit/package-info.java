/**
 * What a limit on a carrier's calls may be. Enters: limits of a file or of a topic. Leaves: a rule that can be counted by.
 * Knows no calls and does not count.
 */
@NullMarked
package org.callclear.schemas.limit;

import org.jspecify.annotations.NullMarked;
