/**
 * Brings a cluster and a registry in line with the catalogue. Enters: carriers and gateways, and what is there now.
 * Leaves: a list of changes, which can be shown or carried out. Knows no call and no configuration.
 */
@NullMarked
package org.callclear.app.topics;

import org.jspecify.annotations.NullMarked;
