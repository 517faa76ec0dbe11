/** Says where the time went. Enters: a JFR file. Leaves: methods by execution samples. Knows nothing of what ran. */
@NullMarked
package org.callclear.bench.profile;

import org.jspecify.annotations.NullMarked;
