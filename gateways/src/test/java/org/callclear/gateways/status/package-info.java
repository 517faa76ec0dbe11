@NullMarked
package org.callclear.gateways.status;

import org.jspecify.annotations.NullMarked;
