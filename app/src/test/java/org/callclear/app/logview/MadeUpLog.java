package org.callclear.app.logview;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.AuthorizedRoute;
import org.callclear.schemas.avro.CallAttempt;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.EntryKind;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.SetupAnswered;
import org.callclear.schemas.avro.SetupFailed;
import org.callclear.schemas.avro.SetupProgress;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;
import org.jspecify.annotations.Nullable;

/** A log of one call from acme to zenith and bell, made up for tests: records are added in order, each at its time. */
final class MadeUpLog {
    static final CallId CALL = CallId.parse("019ab0aa-5c00-7000-8000-000000000001");
    static final Instant BORN = CALL.bornAt();
    static final String CALLING = "4989654321";
    static final String CALLED = "4930123456";
    static final CarrierId ACME = new CarrierId("acme");

    private static final List<String> GATEWAYS = List.of("zenith-1", "bell-1");
    private static final String SECRET = "c2lnbmF0dXJlLW9mLWEtdG9rZW4";
    private static final ByteBuffer SDP = ByteBuffer.wrap(new byte[211]);

    private final List<LogRecord> records = new ArrayList<>();
    private final Map<String, Long> offsets = new HashMap<>();

    /** So many milliseconds after the call's birth. */
    static Instant at(long millis) {
        return BORN.plusMillis(millis);
    }

    static String jti(int leg) {
        return "0123456789abcdef0123456789abcde" + leg;
    }

    static String gateway(int leg) {
        return GATEWAYS.get(leg - 1);
    }

    static String carrier(int leg) {
        return gateway(leg).replace("-1", "");
    }

    /** In due form, but signed by nobody. */
    static String token(int leg) {
        return part("{\"alg\":\"EdDSA\",\"kid\":\"key-2026-11\"}") + "." + part("{\"jti\":\"" + jti(leg) + "\"}") + "."
                + SECRET;
    }

    /** What must never be shown: each part of each token. */
    static List<String> secrets() {
        return List.of(
                SECRET, token(1).split("\\.", -1)[0], token(1).split("\\.", -1)[1], token(2).split("\\.", -1)[1]);
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    CallLog log(String... unseen) {
        return new CallLog(CALL, BORN.minus(CallLog.SKEW), records, List.of(unseen), List.of());
    }

    MadeUpLog add(Topic family, String topic, long millis, SpecificRecord value) {
        long offset = offsets.merge(topic, 40L, (before, first) -> before + 1);
        records.add(new LogRecord(family, topic, 2, offset, at(millis), CALL.toString(), value, ""));
        return this;
    }

    MadeUpLog unreadable(Topic family, String topic, long millis, String why) {
        records.add(new LogRecord(family, topic, 2, 99, at(millis), CALL.toString(), null, why));
        return this;
    }

    MadeUpLog authorized(int legs) {
        add(Topic.AUTHORIZATION_REQUESTS, "carrier.acme.authorization-requests", 3, request());
        add(Topic.SETTLEMENT_JOURNAL, "settlement-journal", 9, grant(legs));
        return add(
                Topic.AUTHORIZATION_RESPONSES,
                "carrier.acme.authorization-responses",
                9,
                new org.callclear.schemas.avro.AuthorizationGranted(
                        CALL.toString(), "acme-proxy-1", at(8), routes(legs)));
    }

    static AuthorizationRequest request() {
        return new AuthorizationRequest(
                CALL.toString(), "a84b4c76e66710", "acme", "acme-proxy-1", CALLING, CALLED, at(2), 4);
    }

    private static List<AuthorizedRoute> routes(int legs) {
        List<AuthorizedRoute> routes = new ArrayList<>();
        for (int leg = 1; leg <= legs; leg++) {
            routes.add(new AuthorizedRoute(leg, gateway(leg), carrier(leg), jti(leg), token(leg), at(60_008), 14_400));
        }
        return routes;
    }

    static Grant grant(int legs) {
        List<GrantedRoute> routes = new ArrayList<>();
        for (int leg = 1; leg <= legs; leg++) {
            routes.add(GrantedRoute.newBuilder()
                    .setLeg(leg)
                    .setGateway(gateway(leg))
                    .setTerminatingCarrier(carrier(leg))
                    .setTransactionId(jti(leg))
                    .setKeyId("key-2026-11")
                    .setIssuedAt(at(8))
                    .setNotBefore(at(8))
                    .setExpiresAt(at(60_008))
                    .setMaxDurationSeconds(14_400)
                    .setTerminationTerms(terms("0.010000"))
                    .build());
        }
        return Grant.newBuilder()
                .setCallId(CALL.toString())
                .setSipCallId("a84b4c76e66710")
                .setOriginatingCarrier("acme")
                .setProxy("acme-proxy-1")
                .setCalling(CALLING)
                .setCalled(CALLED)
                .setRequestedAt(at(2))
                .setGrantedAt(at(8))
                .setRequestDigest(ByteBuffer.wrap(new byte[32]))
                .setOriginationTerms(terms("0.012000"))
                .setRoutes(routes)
                .build();
    }

    static RateTerms terms(String rate) {
        return RateTerms.newBuilder()
                .setContract("std")
                .setContractRevision(4)
                .setDeck("wholesale")
                .setDeckRevision(9)
                .setPrefix("49")
                .setDestination("Germany")
                .setRatePerMinute(new BigDecimal(rate))
                .setCurrency("EUR")
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(new BigDecimal("0.000000"))
                .build();
    }

    MadeUpLog setup(int leg, long millis) {
        return add(Topic.SETUP_REQUESTS, "gateway." + gateway(leg) + ".setup-requests", millis, setup(leg));
    }

    private static SetupRequested setup(int leg) {
        return SetupRequested.newBuilder()
                .setCallId(CALL.toString())
                .setLeg(leg)
                .setTransactionId(jti(leg))
                .setOriginatingCarrier("acme")
                .setProxy("acme-proxy-1")
                .setToken(token(leg))
                .setCalling(CALLING)
                .setCalled(CALLED)
                .setSdp(SDP)
                .setSentAt(at(12))
                .setDeadline(at(10_012))
                .setSetupId("only-the-proxy-knows")
                .build();
    }

    MadeUpLog event(long millis, SpecificRecord event) {
        return add(Topic.SETUP_EVENTS, "carrier.acme.setup-events", millis, event);
    }

    static SetupProgress ringing(int leg, long millis) {
        return new SetupProgress(CALL.toString(), jti(leg), "acme-proxy-1", gateway(leg), 180, null, at(millis));
    }

    static SetupAnswered answered(int leg, long millis) {
        return new SetupAnswered(CALL.toString(), jti(leg), "acme-proxy-1", gateway(leg), SDP, at(millis));
    }

    static SetupFailed failed(int leg, int status, int cause, long millis) {
        return new SetupFailed(CALL.toString(), jti(leg), "acme-proxy-1", gateway(leg), status, cause, at(millis));
    }

    static SetupRejected rejected(int leg, SetupRefusal refusal, long millis) {
        return new SetupRejected(
                CALL.toString(), jti(leg), "acme-proxy-1", gateway(leg), refusal, at(millis), "only-the-proxy-knows");
    }

    MadeUpLog released(int leg, long millis) {
        return add(
                Topic.SETUP_REQUESTS,
                "gateway." + gateway(leg) + ".setup-requests",
                millis,
                new CallReleased(CALL.toString(), jti(leg), "acme-proxy-1", 16, ReleaseSource.CALLER, at(millis)));
    }

    /** A report, and what intake makes of it 20 ms later. */
    MadeUpLog reported(Role role, int leg, @Nullable Long answered, long ended, int status, int version, long millis) {
        CallDetailRecord cdr = CallDetailRecord.newBuilder()
                .setCallId(CALL.toString())
                .setLeg(leg)
                .setRole(role)
                .setTransactionId(jti(leg))
                .setOriginatingCarrier("acme")
                .setTerminatingCarrier(carrier(leg))
                .setGateway(gateway(leg))
                .setCalling(CALLING)
                .setCalled(CALLED)
                .setSetupAt(at(12))
                .setAnsweredAt(answered == null ? null : at(answered))
                .setEndedAt(at(ended))
                .setSipStatus(status)
                .setQ850Cause(status == 200 ? 16 : status == 486 ? 17 : 41)
                .setReleaseSource(status == 200 ? ReleaseSource.CALLER : ReleaseSource.CALLED)
                .setVersion(version)
                .build();
        String reporter = role == Role.ORIGINATING ? "acme" : carrier(leg);
        String topic = Topic.CDRS.of(new CarrierId(reporter));
        add(Topic.CDRS, topic, millis, cdr);
        long offset = records.getLast().offset();
        AcceptedCdr accepted = AcceptedCdr.newBuilder()
                .setReporter(reporter)
                .setCdr(cdr)
                .setSourceTopic(topic)
                .setSourcePartition(2)
                .setSourceOffset(offset)
                .setAcceptedAt(at(millis + 20))
                .build();
        return add(Topic.SETTLEMENT_JOURNAL, "settlement-journal", millis + 20, accepted);
    }

    MadeUpLog reconciled(
            ReconciliationClass found,
            int leg,
            long originating,
            long terminating,
            int revision,
            String cause,
            long millis) {
        long settled = Math.min(originating, terminating);
        ReconciledCall call = ReconciledCall.newBuilder()
                .setCallId(CALL.toString())
                .setLeg(leg)
                .setTransactionId(jti(leg))
                .setOriginatingCarrier("acme")
                .setTerminatingCarrier(carrier(leg))
                .setCalled(CALLED)
                .setReconciliation(found)
                .setAnsweredAt(at(4_000))
                .setOriginatingMillis(originating)
                .setTerminatingMillis(terminating)
                .setSettledMillis(settled)
                .setClaimedMillis(originating == terminating ? null : Math.max(originating, terminating))
                .setPeriod("2025-11")
                .setRevision(revision)
                .setCause(cause)
                .build();
        return add(Topic.RECONCILED_CALLS, "reconciled-calls", millis, call);
    }

    MadeUpLog attempt(Role role, int leg, int status, long millis) {
        return add(
                Topic.CALL_ATTEMPTS,
                "call-attempts",
                millis,
                CallAttempt.newBuilder()
                        .setCallId(CALL.toString())
                        .setLeg(leg)
                        .setRole(role)
                        .setReporter(role == Role.ORIGINATING ? "acme" : carrier(leg))
                        .setOriginatingCarrier("acme")
                        .setTerminatingCarrier(carrier(leg))
                        .setSetupAt(at(12))
                        .setEndedAt(at(2_000))
                        .setSipStatus(status)
                        .setQ850Cause(17)
                        .setPeriod("2025-11")
                        .build());
    }

    MadeUpLog posted(
            String number, EntryKind kind, String refersTo, String cause, String owed, String due, long millis) {
        BigDecimal fee = new BigDecimal(owed).subtract(new BigDecimal(due)).negate();
        LedgerEntry entry = LedgerEntry.newBuilder()
                .setEntryId(CALL + number)
                .setEntryKind(kind)
                .setRefersTo(refersTo.isEmpty() ? "" : CALL + refersTo)
                .setCallId(CALL.toString())
                .setLeg(1)
                .setAnsweredAt(at(4_000))
                .setCause(cause)
                .setPostings(List.of(
                        posting("carrier:acme", PostingKind.RECEIVABLE, new BigDecimal(owed)),
                        posting("carrier:zenith", PostingKind.PAYABLE, new BigDecimal(due).negate()),
                        posting("clearinghouse:fee", PostingKind.FEE, fee)))
                .build();
        return add(Topic.POSTINGS, "postings", millis, entry);
    }

    private static Posting posting(String account, PostingKind kind, BigDecimal amount) {
        return Posting.newBuilder()
                .setAccount(account)
                .setKind(kind)
                .setCounterparty("zenith")
                .setAmount(amount)
                .setCurrency("EUR")
                .setPeriod("2025-11")
                .build();
    }
}
