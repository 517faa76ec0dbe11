package org.callclear.gateways.gate;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.callclear.gateways.call.CallFacts;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.tokens.Claims;
import org.callclear.tokens.Expected;
import org.callclear.tokens.TokenVerifier;
import org.callclear.tokens.Verdict;

/**
 * The gate: a list of guards, cheap before dear.
 *
 * <p>The order is: form, deadline, draining, free channel, the token, whether it agrees with the set-up, and at last its
 * single use, the only check that writes. So a set-up that comes too late, finds no channel or lies does not use its
 * token up, and a gateway that is full spends no signature check on it. The channel is taken before the token is looked
 * at and given back if the token is refused, so it cannot be lost to another call in between.
 *
 * <p>Whether the use is the first may take a while to be known. Deadline and draining are then looked at once more: a
 * call that nobody waits for any more is not let in, though its token is used up.
 */
public final class Gate {
    private final String issuer;
    private final GatewayId gateway;
    private final CarrierId carrier;
    private final TokenVerifier verifier;
    private final Channels channels;
    private final TokenChecks checks;
    private volatile boolean draining;

    /**
     * @param issuer the only clearinghouse believed
     * @param gateway whose gate it is
     * @param carrier the carrier the gateway belongs to
     * @param checks told what becomes of tokens
     */
    public Gate(
            String issuer,
            GatewayId gateway,
            CarrierId carrier,
            TokenVerifier verifier,
            Channels channels,
            TokenChecks checks) {
        this.issuer = issuer;
        this.gateway = gateway;
        this.carrier = carrier;
        this.verifier = verifier;
        this.channels = channels;
        this.checks = checks;
    }

    /** From now on nothing is let in. */
    public void drain() {
        draining = true;
    }

    /**
     * Judges a request. Any number may be under judgement at once.
     *
     * @param key the record's key
     * @param clock the gateway's clock
     * @return done at once when nothing has to be waited for; exceptionally only by a fault of this program, and then
     *     no channel is held
     */
    public CompletableFuture<Judgement> judge(String key, SetupRequested request, InstantSource clock) {
        Instant now = clock.instant();
        Optional<Setup> setup = Setup.of(key, request);
        if (setup.isEmpty()) {
            return refused(SetupRefusal.MALFORMED_SETUP);
        }
        Optional<SetupRefusal> vain = vain(setup.get(), now);
        if (vain.isPresent()) {
            return refused(vain.get());
        }
        if (!channels.take()) {
            return refused(SetupRefusal.NO_FREE_CHANNEL);
        }
        return judgeToken(setup.get(), now, clock).whenComplete((judgement, fault) -> {
            if (!(judgement instanceof Judgement.LetIn)) {
                channels.giveBack();
            }
        });
    }

    /** Why letting it in would help nobody, however good its token. */
    private Optional<SetupRefusal> vain(Setup setup, Instant now) {
        if (now.isAfter(setup.deadline())) {
            return Optional.of(SetupRefusal.SETUP_TOO_LATE);
        }
        return draining ? Optional.of(SetupRefusal.DRAINING) : Optional.empty();
    }

    private CompletableFuture<Judgement> judgeToken(Setup setup, Instant now, InstantSource clock) {
        try {
            return switch (examine(setup, now)) {
                case Verdict.Rejected rejected -> refused(rejected.refusal());
                case Verdict.Accepted good -> {
                    Optional<SetupRefusal> lie = disagreement(setup, good.claims());
                    yield lie.isPresent() ? refused(lie.get()) : use(setup, good.claims(), now, clock);
                }
            };
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Verdict examine(Setup setup, Instant now) {
        long begun = System.nanoTime();
        Verdict verdict = verifier.examine(setup.token(), expected(setup), now);
        checks.examined(verdict, begun);
        return verdict;
    }

    private CompletableFuture<Judgement> use(Setup setup, Claims claims, Instant now, InstantSource clock) {
        long begun = System.nanoTime();
        return verifier.use(claims).thenApply(verdict -> {
            checks.used(verdict, begun);
            return switch (verdict) {
                case Verdict.Rejected rejected -> new Judgement.Refused(rejected.refusal());
                case Verdict.Accepted used ->
                    vain(setup, clock.instant())
                            .<Judgement>map(Judgement.Refused::new)
                            .orElseGet(() -> new Judgement.LetIn(facts(setup, claims, now), setup.offer()));
            };
        });
    }

    private static CompletableFuture<Judgement> refused(SetupRefusal refusal) {
        return CompletableFuture.completedFuture(new Judgement.Refused(refusal));
    }

    private Expected expected(Setup setup) {
        return new Expected(
                issuer,
                gateway,
                setup.callId(),
                setup.transactionId(),
                setup.originatingCarrier(),
                setup.calling(),
                setup.called());
    }

    /** What the verifier does not compare: the leg, which names the attempt in both CDRs, and who is to be paid. */
    private Optional<SetupRefusal> disagreement(Setup setup, Claims claims) {
        if (claims.leg() != setup.leg()) {
            return Optional.of(SetupRefusal.OTHER_TRANSACTION);
        }
        return claims.terminatingCarrier().equals(carrier) ? Optional.empty() : Optional.of(SetupRefusal.OTHER_GATEWAY);
    }

    private static CallFacts facts(Setup setup, Claims claims, Instant now) {
        return new CallFacts(
                claims.callId(),
                claims.leg(),
                claims.transactionId(),
                claims.originatingCarrier(),
                claims.terminatingCarrier(),
                claims.audience(),
                claims.calling(),
                claims.called(),
                setup.proxy(),
                now.truncatedTo(ChronoUnit.MILLIS),
                claims.maxDuration());
    }
}
