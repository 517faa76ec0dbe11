@NullMarked
package org.callclear.app.settling;

import org.jspecify.annotations.NullMarked;
