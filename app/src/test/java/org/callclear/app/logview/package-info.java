/** Tests of what people see of the log. */
@NullMarked
package org.callclear.app.logview;

import org.jspecify.annotations.NullMarked;
