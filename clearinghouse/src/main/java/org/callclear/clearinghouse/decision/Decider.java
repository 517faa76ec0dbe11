package org.callclear.clearinghouse.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.callclear.clearinghouse.admission.Admission;
import org.callclear.clearinghouse.admission.Admissions;
import org.callclear.clearinghouse.admission.AskedCall;
import org.callclear.clearinghouse.admission.Question;
import org.callclear.clearinghouse.reference.Quote;
import org.callclear.clearinghouse.reference.ReferenceSnapshot;
import org.callclear.clearinghouse.reference.Tariff;
import org.callclear.clearinghouse.routing.Offers;
import org.callclear.clearinghouse.routing.Router;
import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.RateTerms;

/** Decides: may it be asked, what does the originating carrier pay, who can complete it. Pure. */
public final class Decider {
    private final Admissions admissions;
    private final Router router;
    private final Duration overWithin;

    /**
     * @param requestMaxAge an older question is refused
     * @param gatewayAliveWithin a gateway without a heartbeat for longer is not offered
     * @param overWithin a call that is granted now is over by then: rate changes up to there become part of its terms
     */
    public Decider(Duration requestMaxAge, Duration gatewayAliveWithin, Duration overWithin) {
        this.admissions = new Admissions(requestMaxAge);
        this.router = new Router(gatewayAliveWithin, overWithin);
        this.overWithin = overWithin;
    }

    /** The answer to a question, with prices as of now. */
    public Decision decide(Question question, ReferenceSnapshot reference, Instant now) {
        return switch (admissions.admit(question, reference, now)) {
            case Admission.Refused refused -> Decision.Denied.of(refused.reason(), refused.detail());
            case Admission.Admitted admitted -> price(admitted.call(), reference, now);
        };
    }

    private Decision price(AskedCall call, ReferenceSnapshot reference, Instant now) {
        Optional<Tariff> tariff = reference.originating(call.originatingCarrier());
        if (tariff.isEmpty()) {
            return Decision.Denied.of(
                    DenialReason.NO_CONTRACT, "carrier " + call.originatingCarrier() + " has no originating contract");
        }
        Contract contract = tariff.get().contract();
        return switch (tariff.get().quote(call.called(), now, now.plus(overWithin))) {
            case Quote.Unrated none ->
                Decision.Denied.of(DenialReason.NO_RATE, "contract " + contract.getId() + " has no rate");
            case Quote.Blocked blocked ->
                Decision.Denied.of(
                        DenialReason.DESTINATION_BLOCKED,
                        "contract " + contract.getId() + " blocks " + blocked.destination());
            case Quote.Priced priced -> route(call, contract, priced.terms(), reference, now);
        };
    }

    private Decision route(
            AskedCall call, Contract contract, RateTerms terms, ReferenceSnapshot reference, Instant now) {
        return switch (router.find(call, terms.getCurrency(), reference, now)) {
            case Offers.NoRoute none -> Decision.Denied.of(DenialReason.NO_ROUTE, none.detail());
            case Offers.NoneAlive none -> Decision.Denied.of(DenialReason.NO_GATEWAY_ALIVE, none.detail());
            case Offers.Found found -> new Decision.Granted(call, terms, agreement(contract), found.inOrder());
        };
    }

    private static Agreement agreement(Contract contract) {
        return Agreement.newBuilder()
                .setToleranceSeconds(contract.getToleranceSeconds())
                .setSettlingSide(contract.getSettlingSide())
                .setGate(contract.getGate())
                .setOneSidedDelaySeconds(contract.getOneSidedDelaySeconds())
                .build();
    }
}
