package org.callclear.systemtests.oracle;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.callclear.systemtests.oracle.MadeUpContract.Destination;
import org.jspecify.annotations.Nullable;

/** The records of one call, as its story adds them. */
final class MadeUpCall {
    /** A record and when it comes to the journal, ms since 1970. */
    record Timed(long at, SpecificRecord item) {}

    /** A carrier with its two contracts. */
    record Carrier(String id, MadeUpContract originating, MadeUpContract terminating) {}

    final String id;
    final Carrier from;
    final List<Carrier> routes;

    /** Two carriers that have no part in it. */
    final List<Carrier> others;

    final Destination destination;
    final String called;
    final long setup;
    final List<Timed> records = new ArrayList<>();

    /** Whether what it comes to depends on the order of its records. */
    boolean keepsOrder;

    private final Dice dice;
    private final Set<Long> barriers;
    private final List<RateTerms> terms = new ArrayList<>();
    private int commands;

    MadeUpCall(long setup, Carrier from, List<Carrier> routes, List<Carrier> others, Dice dice, Set<Long> barriers) {
        this.others = others;
        this.barriers = barriers;
        this.setup = setup;
        this.from = from;
        this.routes = routes;
        this.dice = dice;
        id = dice.callId(setup);
        destination = dice.pick(MadeUpContract.DESTINATIONS);
        called = destination.prefix() + dice.between(1_000_000, 9_999_999);
        Instant begin = Instant.ofEpochMilli(setup);
        terms.add(from.originating().terms(destination, begin, dice));
        routes.forEach(route -> terms.add(route.terminating().terms(destination, begin, dice)));
    }

    /** The terms of the origination for 0, else of the termination by that route. */
    RateTerms terms(int leg) {
        return terms.get(leg);
    }

    String transactionId(int leg) {
        return id.replace("-", "").substring(0, 31) + leg;
    }

    Carrier to(int leg) {
        return routes.get(Math.max(0, leg - 1));
    }

    private long away(long at) {
        return MadeUpJournal.away(at, barriers);
    }

    void grant(long at, int mostSeconds) {
        Instant begin = Instant.ofEpochMilli(setup);
        List<GrantedRoute> granted = new ArrayList<>();
        for (int leg = 1; leg <= routes.size(); leg++) {
            granted.add(new GrantedRoute(
                    leg,
                    to(leg).id() + "-1",
                    to(leg).id(),
                    transactionId(leg),
                    "k1",
                    begin,
                    begin,
                    begin.plusSeconds(30),
                    mostSeconds,
                    terms(leg)));
        }
        var agreement = from.originating().agreement;
        records.add(new Timed(
                away(at),
                Grant.newBuilder()
                        .setCallId(id)
                        .setSipCallId("sip-" + id)
                        .setOriginatingCarrier(from.id())
                        .setProxy("p1")
                        .setCalling("4989654321")
                        .setCalled(called)
                        .setRequestedAt(begin)
                        .setGrantedAt(begin)
                        .setRequestDigest(ByteBuffer.allocate(32))
                        .setOriginationTerms(terms(0))
                        .setToleranceSeconds(agreement.getToleranceSeconds())
                        .setSettlingSide(agreement.getSettlingSide())
                        .setGate(agreement.getGate())
                        .setOneSidedDelaySeconds(agreement.getOneSidedDelaySeconds())
                        .setRoutes(granted)
                        .build()));
    }

    /** A report of version 1; {@code talked} null: not answered. */
    CallDetailRecord cdr(int leg, Role role, long answered, @Nullable Long talked) {
        return CallDetailRecord.newBuilder()
                .setCallId(id)
                .setLeg(leg)
                .setRole(role)
                .setTransactionId(leg == 0 ? null : transactionId(leg))
                .setOriginatingCarrier(from.id())
                .setTerminatingCarrier(to(leg).id())
                .setGateway(leg == 0 ? null : to(leg).id() + "-1")
                .setCalling("4989654321")
                .setCalled(called)
                .setSetupAt(Instant.ofEpochMilli(answered - 4_321))
                .setAnsweredAt(talked == null ? null : Instant.ofEpochMilli(answered))
                .setEndedAt(Instant.ofEpochMilli(answered + (talked == null ? 0 : talked)))
                .setSipStatus(talked == null ? 486 : 200)
                .setQ850Cause(talked == null ? 17 : 16)
                .setReleaseSource(ReleaseSource.CALLER)
                .build();
    }

    void report(long at, CallDetailRecord cdr) {
        report(
                at,
                cdr,
                cdr.getRole() == Role.ORIGINATING ? from.id() : to(cdr.getLeg()).id(),
                Rating.RATED);
    }

    /** {@code rating} counts for leg 0 only. */
    void report(long about, CallDetailRecord cdr, String reporter, Rating rating) {
        report(about, cdr, reporter, rating, terms(cdr.getRole() == Role.ORIGINATING ? 0 : 1));
    }

    /** A report of leg 0 that intake prices by other terms than before. */
    void restamped(long about, CallDetailRecord cdr, String reporter, Rating rating) {
        RateTerms before = terms(cdr.getRole() == Role.ORIGINATING ? 0 : 1);
        report(about, cdr, reporter, rating, MadeUpContract.anew(before, dice));
    }

    /** A report of leg 0 by a carrier that has no part in the call, priced by its own contract. */
    void reportOfOther(long about, CallDetailRecord cdr, Carrier other) {
        MadeUpContract contract = cdr.getRole() == Role.ORIGINATING ? other.originating() : other.terminating();
        RateTerms stamp = contract.terms(destination, Instant.ofEpochMilli(setup), dice);
        report(about, cdr, other.id(), Rating.RATED, stamp);
    }

    private void report(long about, CallDetailRecord cdr, String reporter, Rating rating, RateTerms stamp) {
        long at = away(about);
        AcceptedCdr.Builder accepted = AcceptedCdr.newBuilder()
                .setReporter(reporter)
                .setCdr(cdr)
                .setSourceTopic("carrier." + reporter + ".cdrs")
                .setSourcePartition(0)
                .setSourceOffset(records.size())
                .setAcceptedAt(Instant.ofEpochMilli(at));
        if (cdr.getLeg() == 0) {
            boolean originating = cdr.getRole() == Role.ORIGINATING;
            accepted.setRating(rating)
                    .setTerms(rating == Rating.RATED ? stamp : null)
                    .setAgreement(originating ? from.originating().agreement : to(1).terminating().agreement);
        }
        records.add(new Timed(at, accepted.build()));
    }

    void resolve(long about, int leg, String stranger, Resolution resolution, @Nullable Long settled) {
        keepsOrder = true;
        long at = away(about);
        records.add(new Timed(
                at,
                ResolveDispute.newBuilder()
                        .setCommandId(id + "-resolve-" + ++commands)
                        .setDisputeId(id + "/" + leg + stranger)
                        .setCallId(id)
                        .setLeg(leg)
                        .setResolution(resolution)
                        .setSettledMillis(resolution == Resolution.SPLIT ? settled : null)
                        .setRequestedBy("finance")
                        .setRequestedAt(Instant.ofEpochMilli(at))
                        .setReason("made up")
                        .build()));
    }

    void rerate(long about, int leg, Role side) {
        keepsOrder = true;
        long at = away(about);
        RateTerms anew = MadeUpContract.anew(terms(side == Role.ORIGINATING ? 0 : Math.max(1, leg)), dice);
        records.add(new Timed(
                at,
                RerateCall.newBuilder()
                        .setCommandId(id + "-rerate-" + ++commands)
                        .setRunId("run-1")
                        .setCallId(id)
                        .setLeg(leg)
                        .setSide(side)
                        .setTerms(anew)
                        .setRequestedBy("finance")
                        .setRequestedAt(Instant.ofEpochMilli(at))
                        .setReason("made up")
                        .build()));
    }
}
