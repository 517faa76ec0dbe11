/** Tests. */
@NullMarked
package org.callclear.app.command;

import org.jspecify.annotations.NullMarked;
