package org.callclear.gateways;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.sip.call.Dial;
import org.callclear.sip.transport.SipTls;
import org.jspecify.annotations.Nullable;

/**
 * How one instance of a gateway is set up.
 *
 * @param kafka how it reaches Kafka, as the party {@code gateway.<id>}
 * @param gateway the gateway's id: the audience of the tokens that open it
 * @param carrier the terminating carrier it belongs to, which is paid for its calls
 * @param instance name of this running instance, a {@link PartyName}; the same again after a restart
 * @param issuer the only clearinghouse whose tokens it believes ({@code iss})
 * @param listen address of its own SIP side, UDP and TCP; port 0 takes a free one
 * @param trunk where calls are sent
 * @param trunkTransport how they are sent there
 * @param channels calls it may hold at once, 1 to 100000
 * @param heartbeat time between two reports of its status, 100 ms to 1 minute; also how exactly the end of a call is
 *     known that was up when the process was killed
 * @param answerWithin how long the called side may ring, 1 second to 10 minutes
 * @param data directory of its own for what must survive a restart: open calls, and used tokens kept in files
 * @param usedTokens how it remembers which tokens were used
 * @param sipTls TLS toward the trunk; needed, with its peer, for a trunk transport of TLS, else null or for listening only
 */
public record GatewayConfig(
        KafkaAccess kafka,
        GatewayId gateway,
        CarrierId carrier,
        String instance,
        String issuer,
        InetSocketAddress listen,
        InetSocketAddress trunk,
        Dial.Transport trunkTransport,
        int channels,
        Duration heartbeat,
        Duration answerWithin,
        Path data,
        UsedTokens usedTokens,
        @Nullable SipTls sipTls) {
    private static final int MOST_CHANNELS = 100_000;
    private static final Duration SHORTEST_HEARTBEAT = Duration.ofMillis(100);
    private static final Duration LONGEST_HEARTBEAT = Duration.ofMinutes(1);
    private static final Duration SHORTEST_RINGING = Duration.ofSeconds(1);
    private static final Duration LONGEST_RINGING = Duration.ofMinutes(10);

    /** @throws IllegalArgumentException naming the field that cannot be used, its value and why */
    public GatewayConfig {
        PartyName.require("instance", instance);
        if (issuer.isBlank()) {
            throw new IllegalArgumentException("issuer: must not be blank, or no token could ever be believed");
        }
        if (listen.isUnresolved()) {
            throw new IllegalArgumentException("listen " + listen + ": unknown host");
        }
        if (trunk.isUnresolved() || trunk.getPort() == 0) {
            throw new IllegalArgumentException("trunk " + trunk + ": must be a known host and a port");
        }
        if (trunkTransport == Dial.Transport.TLS && (sipTls == null || sipTls.peer() == null)) {
            throw new IllegalArgumentException("trunkTransport TLS: needs sipTls with identity and trusted");
        }
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new IllegalArgumentException("channels " + channels + ": must be 1 to " + MOST_CHANNELS);
        }
        requireBetween("heartbeat", heartbeat, SHORTEST_HEARTBEAT, LONGEST_HEARTBEAT);
        requireBetween("answerWithin", answerWithin, SHORTEST_RINGING, LONGEST_RINGING);
    }

    /** With the usual memory of used tokens, and without TLS. */
    public GatewayConfig(
            KafkaAccess kafka,
            GatewayId gateway,
            CarrierId carrier,
            String instance,
            String issuer,
            InetSocketAddress listen,
            InetSocketAddress trunk,
            Dial.Transport trunkTransport,
            int channels,
            Duration heartbeat,
            Duration answerWithin,
            Path data) {
        this(
                kafka,
                gateway,
                carrier,
                instance,
                issuer,
                listen,
                trunk,
                trunkTransport,
                channels,
                heartbeat,
                answerWithin,
                data,
                UsedTokens.USUAL,
                null);
    }

    private static void requireBetween(String field, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(field + " " + value + ": must be " + least + " to " + most);
        }
    }
}
