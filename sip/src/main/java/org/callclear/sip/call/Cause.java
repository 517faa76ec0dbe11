package org.callclear.sip.call;

/**
 * Why a call ended, as ITU-T Q.850 numbers it.
 *
 * @param q850 1 to 127
 */
public record Cause(int q850) {
    /** Unallocated number. */
    public static final Cause UNALLOCATED = new Cause(1);
    /** No route to destination. */
    public static final Cause NO_ROUTE = new Cause(3);
    /** Normal call clearing. */
    public static final Cause NORMAL = new Cause(16);
    /** User busy. */
    public static final Cause BUSY = new Cause(17);
    /** No user responding. */
    public static final Cause NO_RESPONSE = new Cause(18);
    /** No answer from user. */
    public static final Cause NO_ANSWER = new Cause(19);
    /** Call rejected. */
    public static final Cause REJECTED = new Cause(21);
    /** Invalid number format. */
    public static final Cause INVALID_NUMBER = new Cause(28);
    /** No circuit available. */
    public static final Cause NO_CIRCUIT = new Cause(34);
    /** Temporary failure. */
    public static final Cause TEMPORARY_FAILURE = new Cause(41);
    /** Recovery on timer expiry. */
    public static final Cause TIMER_EXPIRY = new Cause(102);
    /** Interworking, unspecified. */
    public static final Cause INTERWORKING = new Cause(127);

    /** @throws IllegalArgumentException when it is not 1 to 127 */
    public Cause {
        if (q850 < 1 || q850 > 127) {
            throw new IllegalArgumentException("Q.850 cause " + q850 + ": must be 1 to 127");
        }
    }

    /** The cause that RFC 3398, 8.2.6.1 gives a SIP final status. */
    public static Cause ofStatus(int status) {
        return switch (status) {
            case 400, 481, 500, 503 -> TEMPORARY_FAILURE;
            case 401, 402, 403, 407, 603 -> REJECTED;
            case 404, 485, 604 -> UNALLOCATED;
            case 408, 504 -> TIMER_EXPIRY;
            case 410 -> new Cause(22);
            case 414, 416, 420, 421, 423, 505, 513 -> INTERWORKING;
            case 480 -> NO_RESPONSE;
            case 482, 483 -> new Cause(25);
            case 484 -> INVALID_NUMBER;
            case 486, 600 -> BUSY;
            case 487 -> NORMAL;
            case 501 -> new Cause(79);
            case 502 -> new Cause(38);
            default -> new Cause(31);
        };
    }

    /** The SIP final status that RFC 3398, 7.2.4.1 gives this cause when the call was never answered. */
    public int sipStatus() {
        return switch (q850) {
            case 1, 2, 3, 26 -> 404;
            case 17 -> 486;
            case 18 -> 408;
            case 16, 19, 20, 31 -> 480;
            case 21, 55, 57, 87 -> 403;
            case 22, 23 -> 410;
            case 27 -> 502;
            case 28 -> 484;
            case 29, 79 -> 501;
            case 34, 38, 41, 42, 47, 58, 88 -> 503;
            case 65, 70 -> 488;
            case 102 -> 504;
            default -> 500;
        };
    }
}
