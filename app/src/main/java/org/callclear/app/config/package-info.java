/**
 * Configuration files. Enters: YAML. Leaves: the parties' configuration records, or one message that names file, line,
 * field, value and why. Knows no party's inside and starts nothing.
 */
@NullMarked
package org.callclear.app.config;

import org.jspecify.annotations.NullMarked;
