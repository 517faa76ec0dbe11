package org.callclear.proxy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.sip.transport.SipTls;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy instance needs to know.
 *
 * @param kafka how to reach Kafka, as {@code proxy.CARRIER}
 * @param carrier the originating carrier
 * @param instance this instance's name among the carrier's proxies; a {@link PartyName}
 * @param listen where callers reach it by UDP and TCP; port 0 for a free one
 * @param realm the digest realm its callers know, 1 to 64 printable characters without quotes
 * @param usersFile CSV {@code username,password,number}, readable by the owner only
 * @param maxGateways the most gateways to try for a call, 1 to 16
 * @param authorizationTimeout how long the clearinghouse may take until the caller hears 503; 300 ms to less than 8 s
 * @param setupTimeout how long a gateway may take until its first sign; 100 ms to 60 s
 * @param ringingTimeout how long the called side may ring; 1 s to 10 min
 * @param data a directory of this instance's own, for the journal of open calls and unsent reports; created if missing
 * @param sipTls where callers reach it by TLS, and with which identity; null for no TLS
 */
public record ProxyConfig(
        KafkaAccess kafka,
        CarrierId carrier,
        String instance,
        InetSocketAddress listen,
        String realm,
        Path usersFile,
        int maxGateways,
        Duration authorizationTimeout,
        Duration setupTimeout,
        Duration ringingTimeout,
        Path data,
        @Nullable SipTls sipTls) {
    /** Without TLS for callers. */
    public ProxyConfig(
            KafkaAccess kafka,
            CarrierId carrier,
            String instance,
            InetSocketAddress listen,
            String realm,
            Path usersFile,
            int maxGateways,
            Duration authorizationTimeout,
            Duration setupTimeout,
            Duration ringingTimeout,
            Path data) {
        this(
                kafka,
                carrier,
                instance,
                listen,
                realm,
                usersFile,
                maxGateways,
                authorizationTimeout,
                setupTimeout,
                ringingTimeout,
                data,
                null);
    }

    /** The default of {@link #authorizationTimeout}: the caller hears something well before its own patience ends. */
    public static final Duration AUTHORIZATION_TIMEOUT = Duration.ofSeconds(6);

    /** The default of {@link #setupTimeout}. */
    public static final Duration SETUP_TIMEOUT = Duration.ofSeconds(5);

    /** The default of {@link #ringingTimeout}. */
    public static final Duration RINGING_TIMEOUT = Duration.ofMinutes(2);

    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(8);

    /** @throws IllegalArgumentException naming the field, its value and what it must be */
    public ProxyConfig {
        PartyName.require("instance", instance);
        if (!realm.matches("[ !#-\\[\\]-~]{1,64}")) {
            throw new IllegalArgumentException(
                    "realm '" + realm + "': must be 1 to 64 printable ASCII characters without \" and \\");
        }
        if (maxGateways < 1 || maxGateways > 16) {
            throw new IllegalArgumentException("maxGateways " + maxGateways + ": must be 1 to 16");
        }
        require(
                "authorizationTimeout",
                authorizationTimeout,
                Duration.ofMillis(300),
                SILENCE_LIMIT.minusMillis(1),
                "less than 8 s, the longest that a caller may hear nothing");
        require("setupTimeout", setupTimeout, Duration.ofMillis(100), Duration.ofSeconds(60), "100 ms to 60 s");
        require("ringingTimeout", ringingTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10), "1 s to 10 min");
        if (listen.isUnresolved()) {
            throw new IllegalArgumentException("listen " + listen.getHostString() + ": the host name is not known");
        }
    }

    private static void require(String field, Duration value, Duration least, Duration most, String rule) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    field + " " + value + ": must be at least " + least.toMillis() + " ms and " + rule);
        }
    }
}
