/**
 * What the parties count, and the page that shows it. Enters: what happened and how long it took, under names of this program's own.
 * Leaves: one page in Prometheus form. Knows no calls, carriers or numbers; the only room that knows Micrometer.
 */
@NullMarked
package org.callclear.metrics;

import org.jspecify.annotations.NullMarked;
