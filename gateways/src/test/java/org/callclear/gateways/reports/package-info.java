/** Tests of the room of the same name. */
@NullMarked
package org.callclear.gateways.reports;

import org.jspecify.annotations.NullMarked;
