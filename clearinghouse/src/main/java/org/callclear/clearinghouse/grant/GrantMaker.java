package org.callclear.clearinghouse.grant;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.callclear.clearinghouse.admission.AskedCall;
import org.callclear.clearinghouse.decision.Decision;
import org.callclear.clearinghouse.routing.Offer;
import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;

/** Makes a decision a fact: gives each route its transaction id, its times and its key. */
public final class GrantMaker {
    private static final int TRANSACTION_ID_BYTES = 16;

    private final RandomGenerator random;
    private final Duration tokenLifetime;
    private final Duration maxCallDuration;

    /**
     * @param random unguessable: transaction ids are secrets
     * @param tokenLifetime whole seconds
     * @param maxCallDuration whole seconds
     */
    public GrantMaker(RandomGenerator random, Duration tokenLifetime, Duration maxCallDuration) {
        this.random = random;
        this.tokenLifetime = tokenLifetime;
        this.maxCallDuration = maxCallDuration;
    }

    /**
     * The grant for a decision.
     *
     * @param keyIds the keys that will sign, one for each offer, in the order of offers
     * @param now when it was decided; tokens hold from its second on
     */
    public Grant make(Decision.Granted decision, RequestDigest digest, List<String> keyIds, Instant now) {
        AskedCall call = decision.call();
        Agreement agreement = decision.agreement();
        List<GrantedRoute> routes = new ArrayList<>();
        for (Offer offer : decision.offers()) {
            String keyId = keyIds.get(routes.size());
            routes.add(route(routes.size() + 1, offer, keyId, now.truncatedTo(ChronoUnit.SECONDS)));
        }
        return Grant.newBuilder()
                .setCallId(call.callId().toString())
                .setSipCallId(call.sipCallId())
                .setOriginatingCarrier(call.originatingCarrier().value())
                .setProxy(call.proxy())
                .setCalling(call.calling().digits())
                .setCalled(call.called().digits())
                .setRequestedAt(call.requestedAt())
                .setGrantedAt(now.truncatedTo(ChronoUnit.MILLIS))
                .setRequestDigest(digest.sha256())
                .setOriginationTerms(decision.originationTerms())
                .setToleranceSeconds(agreement.getToleranceSeconds())
                .setSettlingSide(agreement.getSettlingSide())
                .setGate(agreement.getGate())
                .setOneSidedDelaySeconds(agreement.getOneSidedDelaySeconds())
                .setRoutes(routes)
                .build();
    }

    private GrantedRoute route(int leg, Offer offer, String keyId, Instant second) {
        return GrantedRoute.newBuilder()
                .setLeg(leg)
                .setGateway(offer.gateway().id().value())
                .setTerminatingCarrier(offer.gateway().carrier().value())
                .setTransactionId(transactionId())
                .setKeyId(keyId)
                .setIssuedAt(second)
                .setNotBefore(second)
                .setExpiresAt(second.plus(tokenLifetime))
                .setMaxDurationSeconds(Math.toIntExact(maxCallDuration.toSeconds()))
                .setTerminationTerms(offer.terms())
                .build();
    }

    private String transactionId() {
        byte[] bytes = new byte[TRANSACTION_ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
