/** Tests of statements on paper. */
@NullMarked
package org.callclear.app.paper;

import org.jspecify.annotations.NullMarked;
