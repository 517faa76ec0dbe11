package org.callclear.clearinghouse.limit;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.LimitAction;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.limit.LimitRule;
import org.jspecify.annotations.Nullable;

/** Calls, grants, reports and limits for tests. Calls have two legs, to zenith and to nadir. */
public final class Calls {
    public static final String CUBA = "5352000000";
    public static final String BRITAIN = "442079460000";
    static final Duration OVER_WITHIN = Duration.ofHours(2);
    private static final Random RANDOM = new Random(1);

    private Calls() {}

    static CallId id(Instant at) {
        return CallId.mint(at, RANDOM);
    }

    static NewCall call(Instant at, String carrier, String called, String ratePerMinute) {
        return new NewCall(
                id(at),
                new CarrierId(carrier),
                new E164Number(called),
                terms(ratePerMinute),
                List.of("zenith", "nadir"));
    }

    static RateTerms terms(String ratePerMinute) {
        return RateTerms.newBuilder()
                .setContract("out")
                .setContractRevision(1)
                .setDeck("sell")
                .setDeckRevision(1)
                .setPrefix("1")
                .setDestination("somewhere")
                .setRatePerMinute(new BigDecimal(ratePerMinute).setScale(6))
                .setCurrency("EUR")
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(BigDecimal.ZERO.setScale(6))
                .build();
    }

    static Grant grant(NewCall call, Instant at) {
        List<GrantedRoute> routes = new ArrayList<>();
        for (String carrier : call.terminating()) {
            routes.add(GrantedRoute.newBuilder()
                    .setLeg(routes.size() + 1)
                    .setGateway(carrier + "-1")
                    .setTerminatingCarrier(carrier)
                    .setTransactionId("0".repeat(32))
                    .setKeyId("k")
                    .setIssuedAt(at)
                    .setNotBefore(at)
                    .setExpiresAt(at.plusSeconds(60))
                    .setMaxDurationSeconds(3600)
                    .setTerminationTerms(call.terms())
                    .build());
        }
        return Grant.newBuilder()
                .setCallId(call.id().toString())
                .setSipCallId("sip")
                .setOriginatingCarrier(call.carrier().value())
                .setProxy("p1")
                .setCalling("12025550100")
                .setCalled(call.called().digits())
                .setRequestedAt(at)
                .setGrantedAt(at)
                .setRequestDigest(ByteBuffer.allocate(32))
                .setOriginationTerms(call.terms())
                .setRoutes(routes)
                .build();
    }

    /** A report of a leg that was answered. */
    public static AcceptedCdr answered(
            String call, String origin, Role side, String reporter, int leg, Instant from, Instant to) {
        return report(call, origin, side, reporter, leg, from, to, ReleaseSource.CALLER, 200);
    }

    /** A report of a leg that was not. */
    static AcceptedCdr failed(
            String call, String origin, Role side, String reporter, int leg, Instant at, ReleaseSource source) {
        return report(call, origin, side, reporter, leg, null, at, source, 503);
    }

    private static AcceptedCdr report(
            String call,
            String origin,
            Role side,
            String reporter,
            int leg,
            @Nullable Instant from,
            Instant to,
            ReleaseSource source,
            int status) {
        CallDetailRecord cdr = CallDetailRecord.newBuilder()
                .setCallId(call)
                .setLeg(leg)
                .setRole(side)
                .setOriginatingCarrier(origin)
                .setCalling("12025550100")
                .setCalled(CUBA)
                .setSetupAt(from == null ? to : from)
                .setAnsweredAt(from)
                .setEndedAt(to)
                .setSipStatus(status)
                .setQ850Cause(16)
                .setReleaseSource(source)
                .build();
        return AcceptedCdr.newBuilder()
                .setReporter(reporter)
                .setCdr(cdr)
                .setSourceTopic("carrier." + reporter + ".cdrs")
                .setSourcePartition(0)
                .setSourceOffset(0)
                .setAcceptedAt(to)
                .build();
    }

    /** A limit; null for no maximum. */
    public static CallLimit limit(
            String carrier,
            String prefix,
            @Nullable Integer rate,
            @Nullable Integer concurrent,
            @Nullable String cost) {
        return CallLimit.newBuilder()
                .setCarrier(carrier)
                .setPrefix(prefix)
                .setMaxCallsPerSecond(rate)
                .setMaxConcurrentCalls(concurrent)
                .setMaxCostPerHour(cost == null ? null : new BigDecimal(cost).setScale(6))
                .setCurrency(cost == null ? "" : "EUR")
                .setRevision(1)
                .build();
    }

    static CallLimit warning(CallLimit limit) {
        return CallLimit.newBuilder(limit).setAction(LimitAction.WARN).build();
    }

    static Limits limits(CallLimit... limits) {
        return new Limits(List.of(limits).stream().map(LimitRule::of).toList());
    }
}
