/** Tests of the meters and of the page that shows them. */
@NullMarked
package org.callclear.metrics;

import org.jspecify.annotations.NullMarked;
