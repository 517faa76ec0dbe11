/**
 * Yes or no. Enters: a question, a snapshot, an instant. Leaves: a decision, always the same for the same. Knows no
 * topics, no keys, no randomness and no clock.
 */
@NullMarked
package org.callclear.clearinghouse.decision;

import org.jspecify.annotations.NullMarked;
