/** The machine of a call: tables, crossings, and properties over random histories. */
@NullMarked
package org.callclear.proxy.call;

import org.jspecify.annotations.NullMarked;
