package org.callclear.gateways.gate;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.callclear.gateways.call.CallFacts;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.tokens.Claims;
import org.callclear.tokens.Expected;
import org.callclear.tokens.TokenVerifier;
import org.callclear.tokens.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate: a list of guards, cheap before dear.
 *
 * <p>The order is: form, deadline, draining, free channel, then the token, whose last check, single use, is the only one
 * that writes. So a set-up that comes too late or finds no channel does not use its token up, and a gateway that is full
 * spends no signature check on it. The channel is taken before the token is looked at and given back if the token is
 * refused, so it cannot be lost to another call in between.
 */
public final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final String issuer;
    private final GatewayId gateway;
    private final CarrierId carrier;
    private final TokenVerifier verifier;
    private final Channels channels;
    private volatile boolean draining;

    /**
     * @param issuer the only clearinghouse believed
     * @param gateway whose gate it is
     * @param carrier the carrier the gateway belongs to
     */
    public Gate(String issuer, GatewayId gateway, CarrierId carrier, TokenVerifier verifier, Channels channels) {
        this.issuer = issuer;
        this.gateway = gateway;
        this.carrier = carrier;
        this.verifier = verifier;
        this.channels = channels;
    }

    /** From now on nothing is let in. */
    public void drain() {
        draining = true;
    }

    /** Whether nothing is let in any more. */
    public boolean isDraining() {
        return draining;
    }

    /**
     * Judges a request.
     *
     * @param key the record's key
     * @param now the gateway's clock
     */
    public Judgement judge(String key, SetupRequested request, Instant now) {
        Optional<Setup> setup = Setup.of(key, request);
        if (setup.isEmpty()) {
            return new Judgement.Refused(SetupRefusal.MALFORMED_SETUP);
        }
        if (now.isAfter(setup.get().deadline())) {
            return new Judgement.Refused(SetupRefusal.SETUP_TOO_LATE);
        }
        if (draining) {
            return new Judgement.Refused(SetupRefusal.DRAINING);
        }
        if (!channels.take()) {
            return new Judgement.Refused(SetupRefusal.NO_FREE_CHANNEL);
        }
        Judgement judgement = judgeToken(setup.get(), now);
        if (judgement instanceof Judgement.Refused) {
            channels.giveBack();
        }
        return judgement;
    }

    private Judgement judgeToken(Setup setup, Instant now) {
        try {
            return switch (verifier.verify(setup.token(), expected(setup), now)) {
                case Verdict.Accepted accepted -> agree(setup, accepted.claims(), now);
                case Verdict.Rejected rejected -> new Judgement.Refused(rejected.refusal());
            };
        } catch (UncheckedIOException e) {
            LOG.error("call {}: not let in, because the use of its token cannot be remembered", setup.callId(), e);
            return new Judgement.Refused(SetupRefusal.UNKNOWN_REFUSAL);
        }
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
    private Judgement agree(Setup setup, Claims claims, Instant now) {
        if (claims.leg() != setup.leg()) {
            return new Judgement.Refused(SetupRefusal.OTHER_TRANSACTION);
        }
        if (!claims.terminatingCarrier().equals(carrier)) {
            return new Judgement.Refused(SetupRefusal.OTHER_GATEWAY);
        }
        return new Judgement.LetIn(facts(setup, claims, now), setup.offer());
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
