/** Tests of what the machine does without its parties. */
@NullMarked
package org.callclear.app.machine;

import org.jspecify.annotations.NullMarked;
