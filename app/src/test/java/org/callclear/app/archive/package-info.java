@NullMarked
package org.callclear.app.archive;

import org.jspecify.annotations.NullMarked;
