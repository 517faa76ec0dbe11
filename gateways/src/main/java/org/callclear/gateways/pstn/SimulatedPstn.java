package org.callclear.gateways.pstn;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.callclear.schemas.call.E164Number;
import org.callclear.sip.agent.SipSettings;
import org.callclear.sip.agent.SipUserAgent;

/**
 * A telephone network on one SIP port, UDP and TCP, for the demo and for tests. It asks for no authentication and
 * handles no media: the SDP it answers with names a port of the loopback address at which nobody listens.
 *
 * <p>The last two digits of the called number choose what the subscriber does; see {@link Behaviour}:
 *
 * <table>
 * <caption>Behaviour by the last two digits</caption>
 * <tr><th>digits</th><th>what happens</th></tr>
 * <tr><td>90</td><td>183 with SDP (early media), 200 after 0.2 s</td></tr>
 * <tr><td>91</td><td>486 Busy Here</td></tr>
 * <tr><td>92</td><td>180, never answers</td></tr>
 * <tr><td>93</td><td>603 Decline</td></tr>
 * <tr><td>94</td><td>404 Not Found (unallocated number)</td></tr>
 * <tr><td>95</td><td>503 Service Unavailable (congestion)</td></tr>
 * <tr><td>96</td><td>180, 200 after 0.2 s, BYE 1 s later</td></tr>
 * <tr><td>others</td><td>180, 200 after 0.2 s, talks until the caller hangs up</td></tr>
 * </table>
 *
 * <p>It counts every call that reaches it, by number and by Call-ID, so that a test can show that a refused call did
 * not.
 */
public final class SimulatedPstn implements AutoCloseable {
    private final Exchange exchange;
    private final ScheduledExecutorService timers;
    private final SipUserAgent agent;

    private SimulatedPstn(InetSocketAddress listen, Pace pace) {
        this.timers = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("simulated-pstn").factory());
        this.exchange = new Exchange(pace, timers);
        try {
            this.agent = SipUserAgent.start(SipSettings.of(listen, "Callclear simulated PSTN", null), exchange);
        } catch (RuntimeException e) {
            timers.shutdownNow();
            throw e;
        }
    }

    /**
     * Starts a network at the usual pace.
     *
     * @param listen address for UDP and TCP; port 0 takes a free one
     */
    public static SimulatedPstn start(InetSocketAddress listen) {
        return start(listen, Pace.USUAL);
    }

    /** Starts a network at another pace. */
    public static SimulatedPstn start(InetSocketAddress listen, Pace pace) {
        return new SimulatedPstn(listen, pace);
    }

    /** Where it listens, with the port it really has. */
    public InetSocketAddress address() {
        return agent.address();
    }

    /** How many calls have reached it. */
    public int calls() {
        return exchange.calls();
    }

    /** How many calls have reached this number. */
    public int callsTo(E164Number number) {
        return sipCallIdsTo(number).size();
    }

    /** The Call-IDs of the calls that reached this number, in the order they came. */
    public List<String> sipCallIdsTo(E164Number number) {
        return exchange.sipCallIdsTo(number.digits());
    }

    /** How many answered calls are up now. */
    public int callsUp() {
        return exchange.callsUp();
    }

    /** Hangs up nothing; ends at once. */
    @Override
    public void close() {
        agent.close();
        timers.shutdownNow();
    }
}
