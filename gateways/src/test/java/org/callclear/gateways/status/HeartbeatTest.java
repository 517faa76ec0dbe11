package org.callclear.gateways.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.callclear.gateways.GatewayWorld;
import org.callclear.gateways.TestClock;
import org.callclear.gateways.gate.Channels;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.testkit.tokens.TestTokens;
import org.callclear.tokens.KeyRing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final KeyRing keys = new KeyRing();
    private final BlockingQueue<GatewayStatus> sent = new LinkedBlockingQueue<>();
    private final Heartbeat heartbeat = new Heartbeat(
            new Heartbeat.Who(GatewayWorld.GATEWAY, GatewayWorld.CARRIER, "g1"),
            new Channels(10),
            new Refusals(),
            keys,
            status -> {
                sent.add(status);
                return CompletableFuture.completedFuture(null);
            },
            new TestClock());

    @AfterEach
    void close() {
        heartbeat.close();
    }

    private GatewayStatus next() throws InterruptedException {
        GatewayStatus status = sent.poll(30, TimeUnit.SECONDS);
        assertThat(status).isNotNull();
        return status;
    }

    @Test
    void aKeyThatIsLearnedIsSaidAtOnceAndOneThatIsRevokedIsNotSaidAnyMore() throws Exception {
        TokenKey key = TestTokens.publicKey();
        heartbeat.tokenKeysChanged();
        heartbeat.start(NEVER, at -> {}).get(30, TimeUnit.SECONDS);
        assertThat(next().getTokenKeys()).isEmpty();

        keys.put(key);
        heartbeat.tokenKeysChanged();
        assertThat(next().getTokenKeys()).containsExactly(TestTokens.KEY_ID);

        keys.put(TokenKey.newBuilder(key).setRevokedAt(key.getNotAfter()).build());
        heartbeat.tokenKeysChanged();
        assertThat(next().getTokenKeys()).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void whatIsLearnedAfterTheEndDoesNoHarm() throws Exception {
        heartbeat.start(NEVER, at -> {}).get(30, TimeUnit.SECONDS);
        heartbeat.close();

        heartbeat.tokenKeysChanged();
        heartbeat.become(GatewayState.DOWN).get(30, TimeUnit.SECONDS);

        assertThat(sent).extracting(GatewayStatus::getState).containsExactly(GatewayState.UP, GatewayState.DOWN);
    }
}
