package org.callclear.clearinghouse.answering;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.callclear.clearinghouse.World;
import org.callclear.clearinghouse.limit.Calls;
import org.callclear.clearinghouse.limit.LimitBook;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.AuthorizationGranted;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.Role;
import org.callclear.testkit.clearing.Requests;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsAtTheDeskTest {
    @TempDir
    Path directory;

    private final FakeOutbox outbox = new FakeOutbox();
    private DeskRig rig;
    private LimitBook book;
    private AnswerDesk desk;
    private int asked;

    @BeforeEach
    void open() {
        rig = new DeskRig(directory);
        book = DeskRig.book();
        desk = rig.desk(outbox, book, at(World.NOW));
    }

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    private void limit(@Nullable Integer rate, @Nullable Integer concurrent, @Nullable String cost) {
        rig.world.book().put(Calls.limit("acme", "44", rate, concurrent, cost));
        rig.world.book().putLimitsInForce();
    }

    private AuthorizationRequest next() {
        return Requests.aRequest(World.NOW, asked++).request();
    }

    private void ask(AnswerDesk who, AuthorizationRequest request) {
        who.take(rig.record(request, asked), DeskRig.tenure()).join();
    }

    private List<DenialReason> denials() {
        return outbox.values(AuthorizationDenied.class).stream()
                .map(AuthorizationDenied::getReason)
                .toList();
    }

    @Test
    void aBurstIsRefusedBeyondTheLimitAndNothingOfTheRefusedIsJournaled() {
        limit(null, 3, null);
        outbox.acknowledgeAtOnce(false); // none of them is in the journal before the last has come
        for (int i = 0; i < 10; i++) {
            var unused = desk.take(rig.record(next(), i), DeskRig.tenure());
        }

        assertThat(outbox.values(Grant.class)).hasSize(3);
        assertThat(denials()).hasSize(7).containsOnly(DenialReason.LIMIT_CONCURRENT_CALLS);
    }

    @Test
    void theNoSaysWhichLimitAndWhatTheCallerHears() {
        limit(1, null, null);
        ask(desk, next());
        ask(desk, next());

        AuthorizationDenied no = outbox.values(AuthorizationDenied.class).getFirst();
        assertThat(no.getReason()).isEqualTo(DenialReason.LIMIT_CALL_RATE);
        assertThat(no.getSipStatus()).isEqualTo(503);
        assertThat(no.getRetryAfterSeconds()).isEqualTo(1);
        assertThat(no.getDetail())
                .isEqualTo(
                        "limit acme/44: maxCallsPerSecond of carrier acme to prefix 44: 1 calls in the last second, at most 1")
                .doesNotContain("442079460000");
    }

    @Test
    void theCostOfCallsThatAreUpRefusesTheNextFor403() {
        limit(null, null, "0.04");
        ask(desk, next());
        ask(desk, next());
        ask(desk, next());

        AuthorizationDenied no = outbox.values(AuthorizationDenied.class).getFirst();
        assertThat(no.getReason()).isEqualTo(DenialReason.LIMIT_COST);
        assertThat(no.getSipStatus()).isEqualTo(403);
        assertThat(no.getRetryAfterSeconds()).isZero();
    }

    @Test
    void aRepeatedRequestKeepsItsAnswerThoughTheLimitWouldSayOtherwiseNow() {
        limit(null, 1, null);
        AuthorizationRequest first = next();
        AuthorizationRequest second = next();
        ask(desk, first);
        ask(desk, second);

        ask(desk, first);
        limit(null, 100, null);
        ask(desk, second);

        assertThat(outbox.values(Grant.class)).hasSize(1);
        assertThat(outbox.values(AuthorizationGranted.class)).hasSize(2);
        assertThat(outbox.values(AuthorizationDenied.class)).hasSize(2);
        assertThat(outbox.values(AuthorizationDenied.class).getLast())
                .isEqualTo(outbox.values(AuthorizationDenied.class).getFirst());
    }

    @Test
    void callsThatAreDeniedForAnotherReasonDoNotCount() {
        limit(null, 1, null);
        ask(desk, Requests.aRequest(World.NOW, asked++).to("44900123456").request());

        ask(desk, next());

        assertThat(denials()).containsExactly(DenialReason.DESTINATION_BLOCKED);
    }

    @Test
    void anInstanceThatWasRestartedKnowsTheCallsThatAreUp() {
        limit(null, 2, null);
        ask(desk, next());
        ask(desk, next());
        LimitBook fresh = DeskRig.book();
        AnswerDesk restarted = rig.desk(outbox, fresh, at(World.NOW.plusSeconds(1)));
        tell(fresh);

        ask(restarted, next());

        assertThat(denials()).containsExactly(DenialReason.LIMIT_CONCURRENT_CALLS);
    }

    @Test
    void twoInstancesEnforceOneLimitTogetherAndAReportFreesBoth() {
        limit(null, 2, null);
        LimitBook others = DeskRig.book();
        AnswerDesk other = rig.desk(outbox, others, at(World.NOW));
        ask(desk, next());
        ask(other, next());
        tell(book);
        tell(others);

        ask(desk, next());
        ask(other, next());
        assertThat(denials()).hasSize(2).containsOnly(DenialReason.LIMIT_CONCURRENT_CALLS);

        String call = outbox.values(Grant.class).getFirst().getCallId();
        var report = Calls.answered(
                call, "acme", Role.ORIGINATING, "acme", 1, World.NOW.minus(Duration.ofSeconds(1)), World.NOW);
        for (LimitBook one : List.of(book, others)) {
            one.reported(report, rig.world.snapshot().limits(), World.NOW);
        }
        ask(other, next());
        tell(book);
        ask(desk, next());
        assertThat(outbox.values(Grant.class)).hasSize(3);
        assertThat(denials()).hasSize(3);
    }

    /** The journal as it is so far, from its beginning. */
    private void tell(LimitBook reader) {
        outbox.values(Grant.class)
                .forEach(grant -> reader.granted(grant, rig.world.snapshot().limits(), World.NOW));
    }
}
