/** Tests. */
@NullMarked
package org.callclear.app.exchange;

import org.jspecify.annotations.NullMarked;
