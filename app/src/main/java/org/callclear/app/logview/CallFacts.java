package org.callclear.app.logview;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.AuthorizationGranted;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.SetupAnswered;
import org.callclear.schemas.avro.SetupCancelled;
import org.callclear.schemas.avro.SetupFailed;
import org.callclear.schemas.avro.SetupProgress;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.avro.SetupRequested;
import org.jspecify.annotations.Nullable;

/** What matters in the records that are written while a call lasts, and when it is reported. */
final class CallFacts {
    private final Numbers numbers;

    CallFacts(Numbers numbers) {
        this.numbers = numbers;
    }

    /** Lines; none for a record of another kind. */
    List<String> of(SpecificRecord record) {
        return switch (record) {
            case AuthorizationRequest request -> of(request);
            case AuthorizationGranted granted -> of(granted);
            case AuthorizationDenied denied -> of(denied);
            case Grant grant -> of(grant);
            case SetupRequested setup -> of(setup);
            case SetupProgress progress ->
                List.of(
                        progress.getSipStatus() + " from " + text(progress.getGateway()) + sdp(progress.getSdp()),
                        jti(progress.getTransactionId()));
            case SetupAnswered answered ->
                List.of(
                        "200 from " + text(answered.getGateway()) + " at " + Ladder.time(answered.getAnsweredAt())
                                + sdp(answered.getSdp()),
                        jti(answered.getTransactionId()));
            case SetupRejected rejected ->
                List.of(rejected.getRefusal() + " at " + text(rejected.getGateway()), jti(rejected.getTransactionId()));
            case SetupFailed failed ->
                List.of(
                        status(failed.getSipStatus(), failed.getQ850Cause()) + " from " + text(failed.getGateway()),
                        jti(failed.getTransactionId()));
            case SetupCancelled cancelled ->
                List.of("Q.850 " + cancelled.getQ850Cause(), jti(cancelled.getTransactionId()));
            case CallReleased released ->
                List.of(
                        "by " + released.getSource() + ", Q.850 " + released.getQ850Cause(),
                        jti(released.getTransactionId()));
            case CallDetailRecord cdr -> of(cdr);
            case AcceptedCdr accepted -> of(accepted);
            case RejectedRecord rejected -> of(rejected);
            default -> List.of();
        };
    }

    private List<String> of(AuthorizationRequest request) {
        return List.of(
                numbers.show(request.getCalling()) + " to " + numbers.show(request.getCalled()),
                text(request.getProxy()) + " asks for up to " + request.getMaxGateways() + " gateways");
    }

    private List<String> of(AuthorizationGranted granted) {
        List<String> facts = new ArrayList<>();
        granted.getRoutes()
                .forEach(route -> facts.addAll(List.of(
                        "leg " + route.getLeg() + ": " + text(route.getGateway()) + " ("
                                + text(route.getTerminatingCarrier()) + ")",
                        jti(route.getTransactionId()),
                        "kid " + numbers.showId(RecordJson.kid(route.getToken())) + ", until "
                                + Ladder.time(route.getExpiresAt()))));
        return facts;
    }

    private List<String> of(AuthorizationDenied denied) {
        return List.of(
                denied.getReason() + ": " + status(denied.getSipStatus(), denied.getQ850Cause()),
                text(denied.getDetail()));
    }

    private List<String> of(Grant grant) {
        List<String> facts = new ArrayList<>();
        facts.add(numbers.show(grant.getCalling()) + " to " + numbers.show(grant.getCalled()));
        facts.add(text(grant.getOriginatingCarrier()) + " pays " + rate(grant.getOriginationTerms()));
        grant.getRoutes()
                .forEach(route -> facts.addAll(List.of(
                        "leg " + route.getLeg() + ": " + text(route.getGateway()) + ", at most "
                                + route.getMaxDurationSeconds() + " s",
                        text(route.getTerminatingCarrier()) + " gets " + rate(route.getTerminationTerms()),
                        jti(route.getTransactionId()),
                        "kid " + numbers.showId(route.getKeyId()) + ", until " + Ladder.time(route.getExpiresAt()))));
        return facts;
    }

    private String rate(RateTerms terms) {
        return terms.getRatePerMinute().toPlainString() + " " + text(terms.getCurrency()) + "/min";
    }

    private List<String> of(SetupRequested setup) {
        return List.of(
                "leg " + setup.getLeg() + ", " + numbers.show(setup.getCalling()) + " to "
                        + numbers.show(setup.getCalled()) + sdp(setup.getSdp()),
                jti(setup.getTransactionId()),
                "kid " + numbers.showId(RecordJson.kid(setup.getToken())) + ", deadline "
                        + Ladder.time(setup.getDeadline()));
    }

    private List<String> of(CallDetailRecord cdr) {
        List<String> facts = new ArrayList<>();
        facts.add(cdr.getRole() + " leg " + cdr.getLeg()
                + (cdr.getGateway() == null ? "" : ", " + text(cdr.getGateway())) + version(cdr.getVersion()));
        facts.add(status(cdr.getSipStatus(), cdr.getQ850Cause()) + ", ended by " + cdr.getReleaseSource());
        facts.add(talk(cdr.getAnsweredAt(), cdr.getEndedAt()));
        return facts;
    }

    /** A first report is not worth a word. */
    private static String version(int version) {
        return version == 1 ? "" : ", version " + version;
    }

    private List<String> of(AcceptedCdr accepted) {
        CallDetailRecord cdr = accepted.getCdr();
        return List.of(
                cdr.getRole() + " leg " + cdr.getLeg() + " by " + text(accepted.getReporter())
                        + version(cdr.getVersion()) + ", " + accepted.getRating(),
                "from " + text(accepted.getSourceTopic()) + "-" + accepted.getSourcePartition() + "-"
                        + accepted.getSourceOffset());
    }

    private List<String> of(RejectedRecord rejected) {
        return List.of(
                text(rejected.getReason()) + (rejected.getField().isEmpty() ? "" : " in " + text(rejected.getField())),
                text(rejected.getDetail()),
                "from " + text(rejected.getSourceTopic()) + "-" + rejected.getSourcePartition() + "-"
                        + rejected.getSourceOffset());
    }

    private String jti(String transactionId) {
        return "jti " + numbers.showId(transactionId);
    }

    /** What stands in a record: anybody may have written anything there. */
    private String text(String written) {
        return numbers.showText(written);
    }

    private static String status(int sip, int q850) {
        return "SIP " + sip + ", Q.850 " + q850;
    }

    private static String sdp(@Nullable ByteBuffer sdp) {
        return sdp == null || !sdp.hasRemaining() ? "" : ", SDP " + sdp.remaining() + " B";
    }

    private static String talk(@Nullable Instant answered, Instant ended) {
        return answered == null
                ? "not answered, ended " + Ladder.time(ended)
                : Ladder.time(answered) + " to " + Ladder.time(ended) + ", "
                        + seconds(Duration.between(answered, ended).toMillis());
    }

    /** A time span of ms in seconds. */
    static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).toPlainString() + " s";
    }
}
