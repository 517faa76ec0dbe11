package org.callclear.bench.counting;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.callclear.clearinghouse.grant.Judgement;
import org.callclear.gateways.gate.Channels;
import org.callclear.gateways.gate.Gate;
import org.callclear.gateways.gate.TokenChecks;
import org.callclear.metrics.Meters;
import org.callclear.schemas.avro.AuthorizedRoute;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.KeyRing;
import org.callclear.tokens.ReplayMemory;
import org.callclear.tokens.SigningKeys;
import org.callclear.tokens.TokenVerifier;

/** The gateway's gate in memory, with set-ups that it lets in; its memory of used tokens forgets at once. */
final class TokenGate {
    private static final int SETUPS = 64;

    private final List<SetupRequested> setups = new ArrayList<>();
    private final Channels channels = new Channels(1);
    private final InstantSource clock;
    private final Gate gate;

    TokenGate(SigningKeys keys, Instant now, Decisions decisions, Meters meters) {
        this.clock = Clock.fixed(now, ZoneOffset.UTC);
        KeyRing ring = new KeyRing();
        keys.publicKeys().forEach(ring::put);
        this.gate = new Gate(
                Decisions.ISSUER,
                new GatewayId(Market.GATEWAY),
                new CarrierId(Market.CALLED),
                new TokenVerifier(ring, new AllNew()),
                channels,
                new TokenChecks(meters));
        for (int i = 0; i < SETUPS; i++) {
            setups.add(setup(decisions.decide(), now));
        }
    }

    private static SetupRequested setup(Judgement.Yes yes, Instant now) {
        Grant grant = yes.grant();
        AuthorizedRoute route = yes.answer().getRoutes().getFirst();
        return SetupRequested.newBuilder()
                .setCallId(grant.getCallId())
                .setLeg(route.getLeg())
                .setTransactionId(route.getTransactionId())
                .setOriginatingCarrier(grant.getOriginatingCarrier())
                .setProxy(grant.getProxy())
                .setToken(route.getToken())
                .setCalling(grant.getCalling())
                .setCalled(grant.getCalled())
                .setSdp(ByteBuffer.wrap(new byte[0]))
                .setSentAt(now)
                .setDeadline(now.plusSeconds(5))
                .build();
    }

    boolean check(int turn) {
        SetupRequested setup = setups.get(turn % SETUPS);
        boolean letIn = gate.judge(setup.getCallId(), setup, clock).join()
                instanceof org.callclear.gateways.gate.Judgement.LetIn;
        if (letIn) {
            channels.giveBack();
        }
        return letIn;
    }

    /** Nothing was ever seen. */
    private static final class AllNew implements ReplayMemory {
        @Override
        public CompletableFuture<Use> use(TransactionId id, Instant issued, Instant expires) {
            return CompletableFuture.completedFuture(Use.FIRST);
        }

        @Override
        public void close() {}
    }
}
