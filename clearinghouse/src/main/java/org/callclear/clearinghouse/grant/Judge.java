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

    /** What calls are counted in, and who hears of those that are too many. */
    public record Limiting(LimitBook book, StrikeLog strikes) {}

    /** A judge with these rules, this knowledge and this pen. */
    public Judge(
            Decider decider,
            Supplier<ReferenceSnapshot> reference,
            SigningKeyFor signingKey,
            GrantMaker grants,
            GrantTokens tokens,
            Limiting limiting) {
        this.decider = decider;
        this.reference = reference;
        this.signingKey = signingKey;
        this.grants = grants;
        this.tokens = tokens;
        this.limits = limiting.book();
        this.strikes = limiting.strikes();
    }

    /** The judgement on a question, with a grant that nobody has seen yet. */
    public Judgement judge(Question question, RequestDigest digest, Instant now) {
        ReferenceSnapshot known = reference.get();
        return switch (decider.decide(question, known, now)) {
            case Decision.Denied denied -> new Judgement.No(denied);
            case Decision.Granted granted -> limit(granted, digest, known.limits(), now);
        };
    }

    /** Last of all that may refuse, so that only what is granted counts towards a limit. */
    private Judgement limit(Decision.Granted granted, RequestDigest digest, Limits limitsNow, Instant now) {
        NewCall call = new NewCall(
                granted.call().callId(),
                granted.call().originatingCarrier(),
                granted.call().called(),
                granted.originationTerms(),
                granted.offers().stream()
                        .map(offer -> offer.gateway().carrier().value())
                        .toList());
        Ruling ruling = limits.admit(call, limitsNow, now);
        ruling.warnings().forEach(strike -> strikes.struck(strike, false, now));
        ruling.refusals().forEach(strike -> strikes.struck(strike, true, now));
        if (!ruling.refusals().isEmpty()) {
            Strike first = ruling.refusals().getFirst();
            return new Judgement.No(Decision.Denied.of(first.reason(), first.detail()));
        }
        Judgement signed = sign(granted, digest, now);
        if (signed instanceof Judgement.No) {
            limits.withdraw(call, limitsNow, now);
        }
        return signed;
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
