/**
 * What the fuzz targets share. Enters: one input. Leaves: nothing, or an error that says what did not hold. The targets
 * themselves stand in the packages of what they feed, for much of it is not public.
 */
@NullMarked
package org.callclear.fuzz;

import org.jspecify.annotations.NullMarked;
