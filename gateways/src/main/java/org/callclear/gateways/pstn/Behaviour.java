package org.callclear.gateways.pstn;

/** What a simulated subscriber does when called. The last two digits of the called number choose it. */
public enum Behaviour {
    /** Rings (180), then answers (200). Every number that ends in none of the digits below. */
    ANSWERS,
    /** 90: sends early media (183 with SDP), then answers. */
    PROGRESSES_WITH_MEDIA,
    /** 91: busy, 486. */
    BUSY,
    /** 92: rings (180) and never answers. */
    RINGS_OUT,
    /** 93: refuses the call, 603. */
    REFUSES,
    /** 94: there is no such number, 404. */
    UNALLOCATED,
    /** 95: the network is congested, 503. */
    CONGESTED,
    /** 96: answers like others, and hangs up by itself a little later. */
    HANGS_UP;

    /** The behaviour of a number, given as the user part of a Request-URI. */
    public static Behaviour of(String called) {
        String lastTwo = called.length() < 2 ? called : called.substring(called.length() - 2);
        return switch (lastTwo) {
            case "90" -> PROGRESSES_WITH_MEDIA;
            case "91" -> BUSY;
            case "92" -> RINGS_OUT;
            case "93" -> REFUSES;
            case "94" -> UNALLOCATED;
            case "95" -> CONGESTED;
            case "96" -> HANGS_UP;
            default -> ANSWERS;
        };
    }
}
