/** Benchmarks: what is measured, against what. Each result is a file with the machine and the command that made it. */
@NullMarked
package org.callclear.bench;

import org.jspecify.annotations.NullMarked;
