package org.callclear.clearinghouse.reference;

import java.time.Duration;
import java.time.Instant;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.GatewayStatus;

/**
 * The last word of a gateway's instance.
 *
 * @param at the earlier of when it says it spoke and when it was heard: a clock that runs ahead keeps no gateway alive,
 *     and one read again after a restart is as old as it was
 */
record Heartbeat(Instant at, GatewayState state, int freeChannels) {

    static Heartbeat of(GatewayStatus status, Instant heardAt) {
        Instant at = status.getAt().isBefore(heardAt) ? status.getAt() : heardAt;
        return new Heartbeat(at, status.getState(), status.getFreeChannels());
    }

    boolean takesCalls(Instant now, Duration within) {
        return state == GatewayState.UP && freeChannels > 0 && isWithin(now, within);
    }

    boolean isWithin(Instant now, Duration within) {
        return !at.isBefore(now.minus(within));
    }
}
