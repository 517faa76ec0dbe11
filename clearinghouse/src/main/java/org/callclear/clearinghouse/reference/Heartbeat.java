package org.callclear.clearinghouse.reference;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.GatewayStatus;
import org.jspecify.annotations.Nullable;

/**
 * The last word of a gateway's instance.
 *
 * @param at the earlier of when it says it spoke and when it was heard: a clock that runs ahead keeps no gateway alive,
 *     and one read again after a restart is as old as it was
 * @param tokenKeys the keys it believes; null when it does not say
 */
record Heartbeat(
        Instant at,
        GatewayState state,
        int freeChannels,
        @Nullable Set<String> tokenKeys) {

    static Heartbeat of(GatewayStatus status, Instant heardAt) {
        Instant at = status.getAt().isBefore(heardAt) ? status.getAt() : heardAt;
        Set<String> tokenKeys = status.getTokenKeys() == null ? null : Set.copyOf(status.getTokenKeys());
        return new Heartbeat(at, status.getState(), status.getFreeChannels(), tokenKeys);
    }

    boolean takesCalls(Instant now, Duration within) {
        return state == GatewayState.UP && freeChannels > 0 && isWithin(now, within);
    }

    /** Whether it may still be handed a set-up: one that drains still reads what was sent to it before. */
    boolean isLiving(Instant now, Duration within) {
        return state != GatewayState.DOWN && isWithin(now, within);
    }

    Belief belief(String keyId) {
        if (tokenKeys == null) {
            return Belief.NOT_SAID;
        }
        return tokenKeys.contains(keyId) ? Belief.BELIEVED : Belief.NOT_BELIEVED;
    }

    boolean isWithin(Instant now, Duration within) {
        return !at.isBefore(now.minus(within));
    }
}
