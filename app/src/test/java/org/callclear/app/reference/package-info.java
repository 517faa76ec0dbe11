/** Tests. */
@NullMarked
package org.callclear.app.reference;

import org.jspecify.annotations.NullMarked;
