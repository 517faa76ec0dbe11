/**
 * What people see of the log. Enters: the way in of some party, a call id or names of topics. Leaves: records, decoded, as JSON
 * and as a ladder diagram, with numbers masked unless the party may see them, and never a token. Reads with a consumer of its
 * own, commits nothing and writes nothing. Knows no money rules and no command line.
 */
@NullMarked
package org.callclear.app.logview;

import org.jspecify.annotations.NullMarked;
