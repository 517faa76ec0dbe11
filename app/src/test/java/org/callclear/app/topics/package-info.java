/** Tests of plans, their application on a real broker, and the page made from the catalogue. */
@NullMarked
package org.callclear.app.topics;

import org.jspecify.annotations.NullMarked;
