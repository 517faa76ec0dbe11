/** What the tests of the gateways' rooms share. */
@NullMarked
package org.callclear.gateways;

import org.jspecify.annotations.NullMarked;
