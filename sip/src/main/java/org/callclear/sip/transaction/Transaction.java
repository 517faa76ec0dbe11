package org.callclear.sip.transaction;

/** One transaction at one moment; a pure value. */
public sealed interface Transaction permits InviteClient, InviteServer, PlainClient, PlainServer {
    /** What the event makes of it. An event with no meaning in this state changes nothing and asks for nothing. */
    Step step(Event event);

    /** Whether it is terminated: nothing more can come of it. */
    boolean isOver();
}
