package org.callclear.gateways.trunk;

import org.callclear.sip.call.Cause;
import org.callclear.sip.call.IncomingCall;
import org.callclear.sip.call.IncomingCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway only terminates calls: nobody calls through it by SIP, for that would pass the token gate by. */
public final class NoIncomingCalls implements IncomingCalls {
    private static final Logger LOG = LoggerFactory.getLogger(NoIncomingCalls.class);
    private static final int FORBIDDEN = 403;

    @Override
    public void invited(IncomingCall call) {
        LOG.debug("refused a SIP call from {}", call.source());
        call.listen(new Indifferent());
        call.refuse(FORBIDDEN, Cause.REJECTED, null);
    }

    private static final class Indifferent implements IncomingCall.Listener {
        @Override
        public void cancelled() {}

        @Override
        public void confirmed() {}

        @Override
        public void ended(Cause cause) {}
    }
}
