package org.callclear.clearinghouse.grant;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.callclear.clearinghouse.admission.Question;
import org.callclear.clearinghouse.decision.Decider;
import org.callclear.clearinghouse.decision.Decision;
import org.callclear.clearinghouse.limit.LimitBook;
import org.callclear.clearinghouse.limit.Limits;
import org.callclear.clearinghouse.limit.NewCall;
import org.callclear.clearinghouse.limit.Ruling;
import org.callclear.clearinghouse.limit.Strike;
import org.callclear.clearinghouse.limit.StrikeLog;
import org.callclear.clearinghouse.reference.ReferenceSnapshot;
import org.callclear.clearinghouse.stage.Stage;
import org.callclear.metrics.Latencies;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.Grant;
import org.callclear.tokens.SigningFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides a question that was never asked before, and signs. Safe for many threads. */
public final class Judge {
    private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

    private final Decider decider;
    private final Supplier<ReferenceSnapshot> reference;
    private final SigningKeyFor signingKey;
    private final GrantMaker grants;
    private final GrantTokens tokens;
    private final LimitBook limits;
    private final StrikeLog strikes;
    private final Latencies<Stage> stages;

    /** What calls are counted in, and who hears of those that are too many. */
    public record Limiting(LimitBook book, StrikeLog strikes) {}

    /**
     * A judge with these rules, this knowledge and this pen.
     *
     * @param stages told how long it decides and signs
     */
    public Judge(
            Decider decider,
            Supplier<ReferenceSnapshot> reference,
            SigningKeyFor signingKey,
            GrantMaker grants,
            GrantTokens tokens,
            Limiting limiting,
            Latencies<Stage> stages) {
        this.decider = decider;
        this.reference = reference;
        this.signingKey = signingKey;
        this.grants = grants;
        this.tokens = tokens;
        this.limits = limiting.book();
        this.strikes = limiting.strikes();
        this.stages = stages;
    }

    /** The judgement on a question, with a grant that nobody has seen yet. */
    public Judgement judge(Question question, RequestDigest digest, Instant now) {
        long begun = System.nanoTime();
        ReferenceSnapshot known = reference.get();
        Decision decision = decider.decide(question, known, now);
        if (decision instanceof Decision.Granted granted) {
            decision = limit(granted, known.limits(), now);
        }
        long decided = System.nanoTime();
        stages.of(Stage.DECIDED).took(decided - begun);
        return switch (decision) {
            case Decision.Denied denied -> new Judgement.No(denied);
            case Decision.Granted granted -> {
                Judgement signed = sign(granted, digest, now);
                stages.of(Stage.SIGNED).tookSince(decided);
                if (signed instanceof Judgement.No) {
                    limits.withdraw(call(granted), known.limits(), now);
                }
                yield signed;
            }
        };
    }

    /** Last of all that may refuse, so that only what is granted counts towards a limit. */
    private Decision limit(Decision.Granted granted, Limits limitsNow, Instant now) {
        Ruling ruling = limits.admit(call(granted), limitsNow, now);
        ruling.warnings().forEach(strike -> strikes.struck(strike, false, now));
        ruling.refusals().forEach(strike -> strikes.struck(strike, true, now));
        if (ruling.refusals().isEmpty()) {
            return granted;
        }
        Strike first = ruling.refusals().getFirst();
        return Decision.Denied.of(first.reason(), first.detail());
    }

    private static NewCall call(Decision.Granted granted) {
        return new NewCall(
                granted.call().callId(),
                granted.call().originatingCarrier(),
                granted.call().called(),
                granted.originationTerms(),
                granted.offers().stream()
                        .map(offer -> offer.gateway().carrier().value())
                        .toList());
    }

    /** Signs before anything is written: a grant in the journal is one that tokens can be made of. */
    private Judgement sign(Decision.Granted granted, RequestDigest digest, Instant now) {
        List<String> keys = granted.offers().stream()
                .flatMap(offer -> signingKey.keyFor(offer.gateway().id(), now).stream())
                .toList();
        if (keys.size() < granted.offers().size()) {
            LOG.error(
                    "call {} denied: no token key is valid now", granted.call().callId());
            return unable("no token key is valid now");
        }
        Grant grant = grants.make(granted, digest, keys, now);
        try {
            return new Judgement.Yes(grant, tokens.answer(grant));
        } catch (IllegalArgumentException | SigningFailedException e) {
            LOG.error("call {} denied: its tokens cannot be made: {}", grant.getCallId(), e.getMessage());
            return unable("tokens cannot be made");
        }
    }

    private static Judgement unable(String detail) {
        return new Judgement.No(Decision.Denied.of(DenialReason.UNKNOWN_REASON, detail));
    }
}
