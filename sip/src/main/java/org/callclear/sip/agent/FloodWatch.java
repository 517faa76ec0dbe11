package org.callclear.sip.agent;

import java.time.Duration;
import java.util.Optional;
import org.callclear.sip.loop.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once a minute what was turned away, when something was: a flood must not fill a log. On the loop only. */
final class FloodWatch {
    static final Duration EVERY = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(FloodWatch.class);

    private final Loop loop;
    private final Tally tally;
    private SipCounters.Floods said;

    FloodWatch(Loop loop, Tally tally) {
        this.loop = loop;
        this.tally = tally;
        this.said = tally.floods();
    }

    /** Begins to look; the loop's end ends it. */
    void begin() {
        Loop.Pending unused = loop.after(EVERY, this::look);
    }

    private void look() {
        SipCounters.Floods now = tally.floods();
        SipCounters.Floods fresh = now.since(said);
        said = now;
        line(fresh).ifPresent(LOG::warn);
        begin();
    }

    /** What is said of a minute; nothing of a quiet one. */
    static Optional<String> line(SipCounters.Floods minute) {
        if (minute.isQuiet()) {
            return Optional.empty();
        }
        return Optional.of("in the last minute: " + minute.shed() + " requests shed, " + minute.tooLarge()
                + " too large, " + minute.busy() + " calls refused for want of room, " + minute.forgotten()
                + " datagrams forgotten since there were too many, " + minute.stateless()
                + " answered without a transaction; connections: " + minute.connectionsRefused() + " refused, "
                + minute.handshakesFailed() + " failed in their handshake, " + minute.connectionsSlow()
                + " closed as slow, " + minute.connectionsGreedy()
                + " for what they held");
    }
}
