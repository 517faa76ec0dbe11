/** The program: {@link org.callclear.app.Main} wires the command line to this process, and nothing else is here. */
@NullMarked
package org.callclear.app;

import org.jspecify.annotations.NullMarked;
