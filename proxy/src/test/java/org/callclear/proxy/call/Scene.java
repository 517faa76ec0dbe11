package org.callclear.proxy.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.callclear.proxy.call.CallEvent.Answered;
import org.callclear.proxy.call.CallEvent.Failed;
import org.callclear.proxy.call.CallEvent.Fired;
import org.callclear.proxy.call.CallEvent.Granted;
import org.callclear.proxy.call.CallEvent.Invited;
import org.callclear.proxy.call.CallEvent.Progressed;
import org.callclear.proxy.call.CallEvent.Rejected;
import org.callclear.proxy.call.CallEvent.Released;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;

/** One call, played event by event; remembers all it wanted done. */
final class Scene {
    static final CallPolicy POLICY =
            new CallPolicy(3, Duration.ofSeconds(6), Duration.ofSeconds(5), Duration.ofSeconds(60));
    static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    static final Sdp OFFER = new Sdp("v=0 offer");
    static final Sdp SDP = new Sdp("v=0 answer");

    final Invitation call = new Invitation(
            CallId.mint(START, new Random(7)),
            "sip-1",
            new E164Number("15550100001"),
            new E164Number("442079460001"),
            OFFER,
            START);
    final List<CallAction> done = new ArrayList<>();
    final List<CallAction> last = new ArrayList<>();
    private final CallMachine machine = new CallMachine(POLICY);
    private Instant now = START;
    CallState state = CallMachine.begin(call);

    /** A call that the clearinghouse is asked about. */
    static Scene asked() {
        return new Scene().happens(new Invited());
    }

    /** A call that was granted gateways 1 to n. */
    static Scene granted(int gateways) {
        return asked().happens(routes(gateways));
    }

    Scene later(Duration time) {
        now = now.plus(time);
        return this;
    }

    Scene happens(CallEvent event) {
        Step step = machine.step(state, event, now);
        state = step.next();
        done.addAll(step.actions());
        last.clear();
        last.addAll(step.actions());
        return this;
    }

    Instant now() {
        return now;
    }

    <A extends CallAction> List<A> all(Class<A> kind) {
        return done.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <A extends CallAction> A only(Class<A> kind) {
        List<A> all = all(kind);
        if (all.size() != 1) {
            throw new AssertionError("expected one " + kind.getSimpleName() + ", found " + all);
        }
        return all.getFirst();
    }

    static Granted routes(int gateways) {
        return new Granted(
                IntStream.rangeClosed(1, gateways).mapToObj(Scene::route).toList());
    }

    static Route route(int leg) {
        return new Route(leg(leg), "token-" + leg, Duration.ofMinutes(10));
    }

    static GatewayLeg leg(int leg) {
        return new GatewayLeg(leg, new GatewayId("gw-" + leg), new CarrierId("zenith"), tx(leg));
    }

    static TransactionId tx(int leg) {
        char[] digits = new char[32];
        Arrays.fill(digits, Character.forDigit(leg, 16));
        return new TransactionId(new String(digits));
    }

    static CallEvent rings(int leg) {
        return new Progressed(tx(leg), 180, Sdp.NONE);
    }

    static CallEvent earlyMedia(int leg) {
        return new Progressed(tx(leg), 183, SDP);
    }

    static CallEvent answers(int leg) {
        return new Answered(tx(leg), SDP);
    }

    static CallEvent fails(int leg, int status) {
        return fails(leg, status, Cause.ofStatus(status));
    }

    static CallEvent fails(int leg, int status, Cause cause) {
        return new Failed(tx(leg), new Failure(status, cause));
    }

    static CallEvent rejects(int leg, SetupRefusal refusal) {
        return new Rejected(tx(leg), refusal);
    }

    static CallEvent releases(int leg) {
        return new Released(tx(leg), Cause.NORMAL, ReleaseSource.CALLED);
    }

    static CallEvent fired(Timer.Kind kind, int leg) {
        return new Fired(new Timer(kind, leg));
    }
}
