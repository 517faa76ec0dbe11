package org.callclear.clearinghouse;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.callclear.clearinghouse.admission.Question;
import org.callclear.clearinghouse.decision.Decider;
import org.callclear.clearinghouse.grant.GrantMaker;
import org.callclear.clearinghouse.grant.GrantTokens;
import org.callclear.clearinghouse.grant.Judge;
import org.callclear.clearinghouse.grant.Judgement;
import org.callclear.clearinghouse.grant.RequestDigest;
import org.callclear.clearinghouse.limit.LimitBook;
import org.callclear.clearinghouse.limit.StrikeLog;
import org.callclear.clearinghouse.reference.ReferenceBook;
import org.callclear.clearinghouse.stage.Stage;
import org.callclear.metrics.Meters;
import org.callclear.schemas.avro.AuthorizedRoute;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.schemas.wire.RecordSerializer;
import org.callclear.tokens.Expected;
import org.callclear.tokens.KeyRing;
import org.callclear.tokens.ReplayMemory;
import org.callclear.tokens.SigningKeys;
import org.callclear.tokens.TokenIssuer;
import org.callclear.tokens.TokenVerifier;
import org.callclear.tokens.Verdict;

/**
 * Decides, signs, verifies and encodes made-up requests in memory, so that the first caller does not pay for code that
 * is still being compiled. Finds out on the way that the key's two halves belong together and that the registry knows
 * what will be written.
 */
final class WarmUp {
    private static final int REQUESTS = 3_000;
    private static final Duration AT_MOST = Duration.ofSeconds(1);

    private final ClearinghouseConfig config;
    private final SigningKeys keys;
    private final RecordSerializer serializer;
    private final SecureRandom random;
    private final KeyRing ring = new KeyRing();

    WarmUp(ClearinghouseConfig config, SigningKeys keys, RecordSerializer serializer, SecureRandom random) {
        this.config = config;
        this.keys = keys;
        this.serializer = serializer;
        this.random = random;
        for (TokenKey key : keys.publicKeys()) {
            ring.put(key);
        }
    }

    /** Runs for a second at most; returns how many requests it was. */
    int run(String keyId, Instant now) {
        GrantTokens tokens = new GrantTokens(new TokenIssuer(keys), config.issuer(), id -> true);
        ReferenceBook world = Rehearsal.world(now, config.gatewayAliveWithin());
        Judge judge = new Judge(
                new Decider(config.requestMaxAge(), config.gatewayAliveWithin(), config.callOverWithin()),
                world::snapshot,
                (gateway, at) -> Optional.of(keyId),
                new GrantMaker(random, config.tokenLifetime(), config.maxCallDuration()),
                tokens,
                new Judge.Limiting(new LimitBook(config.callOverWithin(), REQUESTS), new StrikeLog()),
                Meters.unread().latencies("stage", "", "stage", Stage.class));
        Rehearsal.specimens(CallId.mint(now, random), now).forEach(record -> serializer.serialize("", record));
        long until = System.nanoTime() + AT_MOST.toNanos();
        int done = 0;
        while (done < REQUESTS && (done == 0 || System.nanoTime() - until < 0)) {
            rehearse(judge, now.truncatedTo(ChronoUnit.MILLIS));
            done++;
        }
        return done;
    }

    private void rehearse(Judge judge, Instant now) {
        CallId callId = CallId.mint(now, random);
        Question question = new Question(Rehearsal.request(callId, now), callId, new CarrierId(Rehearsal.CALLER), now);
        if (!(judge.judge(question, RequestDigest.of(question), now) instanceof Judgement.Yes yes)) {
            throw new IllegalStateException("token keys: a made-up call could not be granted");
        }
        serializer.serialize("", yes.grant());
        serializer.serialize("", yes.answer());
        AuthorizedRoute first = yes.answer().getRoutes().getFirst();
        Verdict verdict = new TokenVerifier(ring, new AllNew()).verify(first.getToken(), expected(callId, first), now);
        if (verdict instanceof Verdict.Rejected rejected) {
            throw new IllegalStateException(
                    "token keys: a token signed here would be refused by its gateway: " + rejected.refusal());
        }
    }

    private Expected expected(CallId callId, AuthorizedRoute route) {
        return new Expected(
                config.issuer(),
                new GatewayId(route.getGateway()),
                callId,
                new TransactionId(route.getTransactionId()),
                new CarrierId(Rehearsal.CALLER),
                new E164Number("12025550100"),
                new E164Number("12025550199"));
    }

    /** Nothing was ever seen. */
    private record AllNew() implements ReplayMemory {
        @Override
        public CompletableFuture<Use> use(TransactionId id, Instant issued, Instant expires) {
            return CompletableFuture.completedFuture(Use.FIRST);
        }

        @Override
        public void close() {}
    }
}
