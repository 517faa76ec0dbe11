package org.callclear.clearinghouse;

import java.time.Duration;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.tokens.SigningKeySource;

/**
 * What a clearinghouse instance has to be told.
 *
 * @param kafka how to reach Kafka and the registry, as the party {@code clearinghouse}
 * @param instance names this instance among those of the group, such as {@code ch1}; a restarted instance of the same
 *     name takes over from the dead one at once, and no two living ones may share a name
 * @param issuer the {@code iss} of all tokens, which gateways must expect, 1 to 200 characters
 * @param tokenKeys where the private keys that sign tokens are kept: a file or hardware
 * @param tokenLifetime how long a token opens its gateway, whole seconds, 1 s to 1 h; all hunting must fit into it
 * @param maxCallDuration longest talk time of a call, whole seconds, 1 s to 24 h
 * @param gatewayAliveWithin a gateway without a heartbeat for longer is not offered, at most 1 h; the gateways' clocks
 *     must agree with this one's to within it
 * @param requestMaxAge an older question is refused, because nobody waits for its answer any more, at most 10 min; the
 *     proxies' clocks must agree with this one's to within it
 */
public record ClearinghouseConfig(
        KafkaAccess kafka,
        String instance,
        String issuer,
        SigningKeySource tokenKeys,
        Duration tokenLifetime,
        Duration maxCallDuration,
        Duration gatewayAliveWithin,
        Duration requestMaxAge) {
    private static final int LONGEST_ISSUER = 200;

    /** No proxy and no gateway lets the called side ring for longer. */
    private static final Duration LONGEST_RINGING = Duration.ofMinutes(10);

    /** @throws IllegalArgumentException naming the field, its value and what it must be */
    public ClearinghouseConfig {
        PartyName.require("instance", instance);
        if (issuer.isBlank() || issuer.length() > LONGEST_ISSUER) {
            throw new IllegalArgumentException(
                    "issuer '" + issuer + "': must be 1 to " + LONGEST_ISSUER + " characters");
        }
        requireWholeSeconds("tokenLifetime", tokenLifetime, Duration.ofHours(1));
        requireWholeSeconds("maxCallDuration", maxCallDuration, Duration.ofHours(24));
        requireUpTo("gatewayAliveWithin", gatewayAliveWithin, Duration.ofHours(1));
        requireUpTo("requestMaxAge", requestMaxAge, Duration.ofMinutes(10));
    }

    /** A call that is granted now is over by then: a token to its last moment, all the ringing, all the talk. */
    Duration callOverWithin() {
        return tokenLifetime.plus(LONGEST_RINGING).plus(maxCallDuration);
    }

    private static void requireWholeSeconds(String field, Duration value, Duration most) {
        if (value.toNanosPart() != 0) {
            throw new IllegalArgumentException(field + " " + value + ": must be whole seconds");
        }
        requireUpTo(field, value, most);
    }

    private static void requireUpTo(String field, Duration value, Duration most) {
        if (value.compareTo(Duration.ZERO) <= 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(field + " " + value + ": must be more than zero and at most " + most);
        }
    }
}
