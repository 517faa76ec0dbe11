/** The stages of an answer, by name. Enters: nothing. Leaves: words for those who measure. Knows no clock and no meters. */
@NullMarked
package org.callclear.clearinghouse.stage;

import org.jspecify.annotations.NullMarked;
