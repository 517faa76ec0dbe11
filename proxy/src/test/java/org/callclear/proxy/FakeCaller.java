package org.callclear.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.IncomingCall;
import org.callclear.sip.call.Sdp;
import org.jspecify.annotations.Nullable;

/** A caller, and all that it heard. */
final class FakeCaller implements IncomingCall {
    final List<String> heard = new CopyOnWriteArrayList<>();
    private final String user;
    private final String calling;
    private final String called;
    private @Nullable Listener listener;

    FakeCaller(String user, String calling, String called) {
        this.user = user;
        this.calling = calling;
        this.called = called;
    }

    /** Alice, whose number stands in the users file, calls a good number. */
    static FakeCaller alice() {
        return new FakeCaller("alice", "alice", "+442079460001");
    }

    Listener does() {
        if (listener == null) {
            throw new AssertionError("nobody listens");
        }
        return listener;
    }

    @Override
    public String sipCallId() {
        return "sip-call-id";
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public String calling() {
        return calling;
    }

    @Override
    public String called() {
        return called;
    }

    @Override
    public Sdp sdp() {
        return new Sdp("v=0 offer");
    }

    @Override
    public InetSocketAddress source() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);
    }

    @Override
    public void listen(Listener hears) {
        listener = hears;
    }

    @Override
    public void progress(int status, Sdp sdp) {
        heard.add(Integer.toString(status));
    }

    @Override
    public void answer(Sdp sdp) {
        heard.add("200 " + sdp.text());
    }

    @Override
    public void refuse(int status, Cause cause, @Nullable Duration retryAfter) {
        String retry = retryAfter == null ? "" : " retry";
        heard.add(status + " q850 " + cause.q850() + retry);
    }

    @Override
    public void hangUp(Cause cause) {
        heard.add("BYE q850 " + cause.q850());
    }
}
