@NullMarked
package org.callclear.app.licences;

import org.jspecify.annotations.NullMarked;
