package org.callclear.proxy.call;

import java.util.Set;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.sip.call.Cause;

/**
 * What a failure means: whether another gateway may do better, what the caller hears, and who is to blame.
 *
 * <p>Only what says that <em>this way</em> is closed is worth another gateway; what the called side itself said (busy,
 * declined, no such number) is final, for every gateway leads to the same phone.
 */
public final class Failures {
    /** No gateway gave a sign in time. */
    static final Failure NO_SIGN = new Failure(408, Cause.TIMER_EXPIRY);

    /** The gateway was not reached. */
    static final Failure NOT_REACHED = new Failure(503, Cause.TEMPORARY_FAILURE);

    /** It rang too long: RFC 3398, 7.2.4.1 gives 480 for Q.850 19. */
    static final Failure NOBODY_ANSWERED = new Failure(480, Cause.NO_ANSWER);

    /** Q.850: unallocated, busy, number changed, invalid number. The called number's own fault, whatever the status. */
    private static final Set<Integer> FINAL_CAUSES = Set.of(1, 17, 22, 28);

    /** Q.850: class "resource unavailable", and no route (2, 3), destination out of order (27). Another way may be open. */
    private static final Set<Integer> CAUSES_OF_THE_WAY = Set.of(2, 3, 27, 34, 38, 41, 42, 43, 44, 46, 47);

    private Failures() {}

    /**
     * Whether another gateway may do better.
     *
     * <ul>
     *   <li>never on 6xx, nor when the cause names the called number itself (1, 17, 22, 28);
     *   <li>on 5xx, and on what the trunk does not grant this gateway: 3xx, 401, 402, 403, 407;
     *   <li>on 408 unless it rang: then it is the called person who did not come;
     *   <li>on 480 only when the cause blames the way (congestion, out of order), not the person;
     *   <li>on 404 and 484 likewise: RFC 3398, 7.2.4.1 makes 404 of "no route" (2, 3), which is said of this trunk's
     *       network and not of the number. Without a cause of its own a 404 is read as 1 and a 484 as 28, so it is final;
     *   <li>on no other 4xx.
     * </ul>
     *
     * @param rang whether the called side had rung
     */
    public static boolean worthHunting(Failure failure, boolean rang) {
        int status = failure.status();
        if (status >= 600 || FINAL_CAUSES.contains(failure.cause().q850())) {
            return false;
        }
        return switch (status) {
            case 401, 402, 403, 407 -> true;
            case 408 -> !rang;
            case 404, 480, 484 ->
                !rang && CAUSES_OF_THE_WAY.contains(failure.cause().q850());
            default -> status < 400 || status >= 500;
        };
    }

    /**
     * Which of two failures the caller hears (after RFC 3261, 16.7, point 6): 6xx before all, else the lower class,
     * within a class the later one.
     */
    public static Failure choose(Failure earlier, Failure later) {
        return rank(earlier) < rank(later) ? earlier : later;
    }

    /**
     * What the caller hears. A redirection or a challenge was meant for the gateway, which cannot pass it on: the caller
     * hears 500 with the cause unchanged.
     */
    public static Failure towardsCaller(Failure failure) {
        return switch (failure.status()) {
            case 401, 407 -> new Failure(500, failure.cause());
            default -> failure.status() < 400 ? new Failure(500, failure.cause()) : failure;
        };
    }

    /** What a gateway's refusal of the token is in SIP: the caller can do nothing about any of them but try later. */
    public static Failure ofRefusal(SetupRefusal refusal) {
        return switch (refusal) {
            case NO_FREE_CHANNEL -> new Failure(503, Cause.NO_CIRCUIT);
            case DRAINING, USE_UNCONFIRMED -> new Failure(503, Cause.TEMPORARY_FAILURE);
            case SETUP_TOO_LATE -> new Failure(503, Cause.TIMER_EXPIRY);
            case UNKNOWN_REFUSAL,
                    TOKEN_TOO_LARGE,
                    TOKEN_MALFORMED,
                    UNKNOWN_KEY,
                    KEY_NOT_VALID,
                    BAD_SIGNATURE,
                    BAD_CLAIMS,
                    OTHER_ISSUER,
                    OTHER_GATEWAY,
                    NOT_YET_VALID,
                    EXPIRED,
                    OTHER_CALL,
                    OTHER_CALLING_NUMBER,
                    OTHER_CALLED_NUMBER,
                    OTHER_ORIGINATING_CARRIER,
                    OTHER_TRANSACTION,
                    REPLAYED,
                    MALFORMED_SETUP -> new Failure(500, Cause.REJECTED);
        };
    }

    /** Who ended an attempt that failed so: the called side, when another gateway would not have done better. */
    static ReleaseSource source(Failure failure) {
        return worthHunting(failure, false) ? ReleaseSource.GATEWAY : ReleaseSource.CALLED;
    }

    private static int rank(Failure failure) {
        int statusClass = towardsCaller(failure).status() / 100;
        return statusClass == 6 ? 0 : statusClass;
    }
}
