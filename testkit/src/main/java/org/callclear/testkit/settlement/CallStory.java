package org.callclear.testkit.settlement;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.SettlingSide;
import org.jspecify.annotations.Nullable;

/**
 * A call as a test tells it: {@code aCall("c1").from("acme").to("zenith").talked(61)}. Gives the grant and both sides'
 * reports. The same name gives the same call id.
 */
public final class CallStory {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final UUID id;
    private String from = "acme";
    private String to = "zenith";
    private String called = "4930123456";
    private @Nullable Long originatingMillis = 60_000L;
    private @Nullable Long terminatingMillis = 60_000L;
    private Instant answeredAt = NOON;
    private int maxDurationSeconds = 3600;
    private RateTerms owed = Terms.perMinute("EUR", "0.012");
    private RateTerms due = Terms.perMinute("EUR", "0.010");
    private int leg = 1;
    private final List<String> carriers = new ArrayList<>();
    private int version = 1;
    private Agreement agreement = new Agreement(2, SettlingSide.TERMINATING, null, 0L);
    private Rating originatingRating = Rating.RATED;
    private Rating terminatingRating = Rating.RATED;

    private CallStory(UUID id) {
        this.id = id;
    }

    /** A call of 60 s from acme to zenith, at 0.012 EUR and 0.010 EUR a minute by the second. */
    public static CallStory aCall(String name) {
        UUID hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new CallStory(
                new UUID((hash.getMostSignificantBits() & ~0xf000L) | 0x7000L, hash.getLeastSignificantBits()));
    }

    /** The originating carrier. */
    public CallStory from(String carrier) {
        from = carrier;
        return this;
    }

    /** The terminating carrier. */
    public CallStory to(String carrier) {
        to = carrier;
        return this;
    }

    /** The grant has one more route, to this carrier. */
    public CallStory orElseTo(String carrier) {
        carriers.add(carrier);
        return this;
    }

    /** Its reports are of this leg, by the carrier of that route. */
    public CallStory onLeg(int number) {
        leg = number;
        return this;
    }

    /** What both sides say of the talk time. */
    public CallStory talked(long seconds) {
        return talkedMillis(seconds * 1000, seconds * 1000);
    }

    /** What each side says of the talk time. */
    public CallStory talkedMillis(long originating, long terminating) {
        originatingMillis = originating;
        terminatingMillis = terminating;
        return this;
    }

    /** Neither side saw an answer. */
    public CallStory unanswered() {
        originatingMillis = null;
        terminatingMillis = null;
        return this;
    }

    /** Only the originating side saw an answer. */
    public CallStory answeredOnlyToTheCaller() {
        terminatingMillis = null;
        return this;
    }

    /** When the called side answered. */
    public CallStory answeredAt(Instant at) {
        answeredAt = at;
        return this;
    }

    /** The called number. */
    public CallStory called(String digits) {
        called = digits;
        return this;
    }

    /** The longest talk time authorized. */
    public CallStory atMost(int seconds) {
        maxDurationSeconds = seconds;
        return this;
    }

    /** Only the terminating side saw an answer. */
    public CallStory answeredOnlyToTheGateway() {
        originatingMillis = null;
        return this;
    }

    /** Its reports are corrections, or repeat them. */
    public CallStory version(int number) {
        version = number;
        return this;
    }

    /** Was not authorized here and comes by file: leg 0, priced by the terms stamped on each side's report. */
    public CallStory imported() {
        leg = 0;
        return this;
    }

    /** Imported, and the originating side has no price, for this reason. */
    public CallStory notOwedFor(Rating why) {
        originatingRating = why;
        return this;
    }

    /** Imported, and the terminating side has no price, for this reason. */
    public CallStory notDueFor(Rating why) {
        terminatingRating = why;
        return this;
    }

    /** Whose talk time settles. */
    public CallStory settledBy(SettlingSide side) {
        agreement = Agreement.newBuilder(agreement).setSettlingSide(side).build();
        return this;
    }

    /** The difference of talk times that the originating contract lets pass. */
    public CallStory tolerating(int seconds) {
        agreement = Agreement.newBuilder(agreement).setToleranceSeconds(seconds).build();
        return this;
    }

    /** Disputes are raised only beyond this percentage, this amount, or both of them. */
    public CallStory disputedBeyond(String percent, String amount, GateRule rule) {
        DisputeGate gate =
                new DisputeGate(new BigDecimal(percent).setScale(6), new BigDecimal(amount).setScale(6), rule);
        agreement = Agreement.newBuilder(agreement).setGate(gate).build();
        return this;
    }

    /** How long one side's report waits for the other, in log time. */
    public CallStory waiting(Duration delay) {
        agreement = Agreement.newBuilder(agreement)
                .setOneSidedDelaySeconds(delay.toSeconds())
                .build();
        return this;
    }

    /** What the originating carrier owes, and what the terminating one is due. */
    public CallStory priced(RateTerms origination, RateTerms termination) {
        owed = origination;
        due = termination;
        return this;
    }

    /** The call's id. */
    public String callId() {
        return id.toString();
    }

    /** The attempt: 1, or 0 for an imported call. */
    public int leg() {
        return leg;
    }

    /** The clearinghouse's grant. */
    public Grant grant() {
        return Grant.newBuilder()
                .setCallId(callId())
                .setSipCallId("sip-" + id)
                .setOriginatingCarrier(from)
                .setProxy("p1")
                .setCalling("4989654321")
                .setCalled(called)
                .setRequestedAt(setupAt())
                .setGrantedAt(setupAt())
                .setRequestDigest(ByteBuffer.allocate(32))
                .setOriginationTerms(owed)
                .setToleranceSeconds(agreement.getToleranceSeconds())
                .setSettlingSide(agreement.getSettlingSide())
                .setGate(agreement.getGate())
                .setOneSidedDelaySeconds(agreement.getOneSidedDelaySeconds())
                .setRoutes(IntStream.rangeClosed(1, 1 + carriers.size())
                        .mapToObj(this::route)
                        .toList())
                .build();
    }

    /** What the originating carrier's proxy reports. */
    public CallDetailRecord originating() {
        return cdr(Role.ORIGINATING, originatingMillis);
    }

    /** What the terminating carrier's gateway reports. */
    public CallDetailRecord terminating() {
        return cdr(Role.TERMINATING, terminatingMillis);
    }

    /** {@link #originating()} as intake writes it. */
    public AcceptedCdr originatingReport() {
        return stamped(accepted(from, originating()), originatingRating, owed);
    }

    /** {@link #terminating()} as intake writes it. */
    public AcceptedCdr terminatingReport() {
        return stamped(accepted(to(leg), terminating()), terminatingRating, due);
    }

    /** Any report as intake writes it, 90 s after the answer. */
    public AcceptedCdr accepted(String reporter, CallDetailRecord cdr) {
        return AcceptedCdr.newBuilder()
                .setReporter(reporter)
                .setCdr(cdr)
                .setSourceTopic("carrier." + reporter + ".cdrs")
                .setSourcePartition(0)
                .setSourceOffset(0L)
                .setAcceptedAt(answeredAt.plusSeconds(90))
                .setContractRevision(0L)
                .setDeckRevision(0L)
                .build();
    }

    private AcceptedCdr stamped(AcceptedCdr report, Rating rating, RateTerms terms) {
        if (leg != 0) {
            return report;
        }
        return AcceptedCdr.newBuilder(report)
                .setRating(rating)
                .setTerms(rating == Rating.RATED ? terms : null)
                .setAgreement(rating == Rating.NO_CONTRACT ? null : agreement)
                .build();
    }

    /** The transaction id of the token of a leg. */
    public String transactionId(int route) {
        String ofFirst = callId().replace("-", "");
        return route < 2 ? ofFirst : ofFirst.substring(1) + Character.forDigit(route, 16);
    }

    private String to(int route) {
        return route < 2 ? to : carriers.get(route - 2);
    }

    private GrantedRoute route(int number) {
        return new GrantedRoute(
                number,
                to(number) + "-" + number,
                to(number),
                transactionId(number),
                "k1",
                setupAt(),
                setupAt(),
                setupAt().plusSeconds(30),
                maxDurationSeconds,
                due);
    }

    private Instant setupAt() {
        return answeredAt.minus(Duration.ofSeconds(4));
    }

    private CallDetailRecord cdr(Role role, @Nullable Long talked) {
        return CallDetailRecord.newBuilder()
                .setCallId(callId())
                .setLeg(leg)
                .setRole(role)
                .setTransactionId(leg == 0 ? null : transactionId(leg))
                .setOriginatingCarrier(from)
                .setTerminatingCarrier(to(leg))
                .setGateway(to(leg) + "-" + Math.max(1, leg))
                .setCalling("4989654321")
                .setCalled(called)
                .setSetupAt(setupAt())
                .setAnsweredAt(talked == null ? null : answeredAt)
                .setEndedAt(talked == null ? answeredAt : answeredAt.plusMillis(talked))
                .setSipStatus(talked == null ? 486 : 200)
                .setQ850Cause(talked == null ? 17 : 16)
                .setReleaseSource(ReleaseSource.CALLER)
                .setVersion(version)
                .build();
    }

    /** Rate terms in a few words. */
    public static final class Terms {
        private Terms() {}

        /** By the second, without a connect fee. */
        public static RateTerms perMinute(String currency, String rate) {
            return RateTerms.newBuilder()
                    .setContract("std")
                    .setContractRevision(1)
                    .setDeck("deck-" + currency)
                    .setDeckRevision(3)
                    .setPrefix("49")
                    .setDestination("Germany")
                    .setRatePerMinute(new BigDecimal(rate).setScale(6))
                    .setCurrency(currency)
                    .setInitialSeconds(1)
                    .setIncrementSeconds(1)
                    .setConnectFee(BigDecimal.ZERO.setScale(6))
                    .build();
        }

        /** The same with a fee for attempts that nobody answers. */
        public static RateTerms attemptFee(String fee, RateTerms terms) {
            return RateTerms.newBuilder(terms)
                    .setAttemptFee(new BigDecimal(fee).setScale(6))
                    .build();
        }

        /** The same, settled by another calendar. */
        public static RateTerms by(PeriodLength length, String zone, RateTerms terms) {
            return RateTerms.newBuilder(terms)
                    .setPeriodLength(length)
                    .setPeriodZone(zone)
                    .build();
        }
    }
}
