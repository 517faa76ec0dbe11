package org.callclear.app.rerating;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.callclear.app.settling.SettlingException;
import org.callclear.app.settling.WholeTopic;
import org.callclear.schemas.avro.PricedLeg;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;

/**
 * Gathers the calls of a scope as they stand: of everything that was found about an attempt, the highest revision holds.
 * What lies outside the scope is not kept, so that the memory goes by the time that is priced anew.
 */
final class Candidates {
    private final Scope scope;
    private final Map<String, RatedCall> calls = new HashMap<>();
    private final Map<RateTerms, RateTerms> terms = new HashMap<>();

    Candidates(Scope scope) {
        this.scope = scope;
    }

    /**
     * The calls of a scope, in order of time.
     *
     * @throws SettlingException when the calls cannot be read
     */
    static List<RatedCall> read(KafkaAccess access, Scope scope) {
        Candidates candidates = new Candidates(scope);
        WholeTopic.read(access, Topic.RECONCILED_CALLS, record -> {
            if (!(record instanceof ReconciledCall call)) {
                throw new IllegalArgumentException("is no reconciled call");
            }
            candidates.take(call);
        });
        return candidates.inTime();
    }

    /** What was found about an attempt; later revisions come later, as they do on the topic. */
    void take(ReconciledCall call) {
        String id = call.getCallId() + "/" + call.getLeg();
        RatedCall known = calls.get(id);
        if (known != null && known.revision() > call.getRevision()) {
            return;
        }
        if (scope.covers(call)) {
            calls.put(id, shared(RatedCall.of(call, scope.side())));
        } else {
            calls.remove(id);
        }
    }

    List<RatedCall> inTime() {
        return calls.values().stream().sorted(RatedCall.IN_TIME).toList();
    }

    /** A million calls of one rate hold its terms once. */
    private RatedCall shared(RatedCall call) {
        PricedLeg price = call.price();
        return price == null
                ? call
                : call.pricedBy(new PricedLeg(
                        price.getBilledSeconds(),
                        price.getExactUnits(),
                        price.getAmount(),
                        price.getCurrency(),
                        terms.computeIfAbsent(price.getTerms(), same -> same)));
    }
}
