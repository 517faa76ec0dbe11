package org.callclear.app.keys;

import java.util.SortedSet;
import org.callclear.schemas.avro.TokenKey;

/**
 * A key as `keys list` shows it.
 *
 * @param believedBy the gateways that say, all their living instances, that they have it
 * @param signsFor the gateways whose tokens are signed with it, if its private half is where the clearinghouse looks
 */
public record ListedKey(TokenKey key, KeyState state, SortedSet<String> believedBy, SortedSet<String> signsFor) {}
