/** Tests. */
@NullMarked
package org.callclear.app.config;

import org.jspecify.annotations.NullMarked;
