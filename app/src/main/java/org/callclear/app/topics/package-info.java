/**
 * Brings a cluster and a registry in line with the catalogue: topics, access rules, quotas, schemas. Enters: carriers and
 * gateways, the call rates agreed with them, and what is there now. Leaves: a list of changes, which can be shown or
 * carried out, and the page {@code docs/topics.md}. Knows no call and no configuration.
 */
@NullMarked
package org.callclear.app.topics;

import org.jspecify.annotations.NullMarked;
