/** Tests. */
@NullMarked
package org.callclear.app.demo;

import org.jspecify.annotations.NullMarked;
