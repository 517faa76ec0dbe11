package org.callclear.bench.counting;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
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
import org.callclear.metrics.Latencies;
import org.callclear.metrics.Meters;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.tokens.SigningKeys;
import org.callclear.tokens.TokenIssuer;

/**
 * The clearinghouse's way of a call in memory: rules, prices, a route, limits, one token. What the desk around it measures beside
 * is measured here too, when it counts.
 */
final class Decisions {
    static final String ISSUER = "clearinghouse.example";
    private static final Duration LONG = Duration.ofHours(6);
    private static final int MOST_CALLS = 20_000;

    private final Random random = new Random(1);
    private final Instant now;
    private final Judge judge;
    private final Latencies<Stage> stages;
    private final boolean counts;

    Decisions(SigningKeys keys, Instant now, Meters meters, boolean counts) {
        this.now = now;
        this.counts = counts;
        this.stages = meters.latencies("clearinghouse.stage", "stages", "stage", Stage.class);
        ReferenceBook market = Market.book(now, LONG);
        String keyId = keys.activeKeyId(now).orElseThrow();
        this.judge = new Judge(
                new Decider(LONG, LONG, LONG),
                market::snapshot,
                (gateway, at) -> Optional.of(keyId),
                new GrantMaker(new SecureRandom(), Duration.ofHours(1), Duration.ofHours(4)),
                new GrantTokens(new TokenIssuer(keys), ISSUER, key -> true),
                new Judge.Limiting(new LimitBook(LONG, MOST_CALLS), new StrikeLog()),
                stages);
    }

    Judgement.Yes decide() {
        long begun = System.nanoTime();
        CallId callId = CallId.mint(now, random);
        AuthorizationRequest request = new AuthorizationRequest(
                callId.toString(), "sip-call", Market.CALLER, "p1", "12025550100", "35315550199", now, 1);
        Question question = new Question(request, callId, new CarrierId(Market.CALLER), now);
        Judgement judgement = judge.judge(question, RequestDigest.of(question), now);
        if (!(judgement instanceof Judgement.Yes yes)) {
            throw new IllegalStateException("a call is denied that should be granted: " + judgement);
        }
        if (counts) {
            stages.of(Stage.WAITED).took(System.nanoTime() - begun);
            stages.of(Stage.JOURNALED).tookSince(begun);
            stages.of(Stage.ANSWERED).tookSince(begun);
        }
        return yes;
    }
}
