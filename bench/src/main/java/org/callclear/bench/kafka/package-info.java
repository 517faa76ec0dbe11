/** The broker the measurements share, its topics, and clients. Enters: a folder. Leaves: a bootstrap address. Knows nothing of settlement's stages. */
@NullMarked
package org.callclear.bench.kafka;

import org.jspecify.annotations.NullMarked;
