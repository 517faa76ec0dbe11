/** Calls as settlement sees them: grants and reports for tests, told in a sentence. Knows no Kafka. */
@NullMarked
package org.callclear.testkit.settlement;

import org.jspecify.annotations.NullMarked;
