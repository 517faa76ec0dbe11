package org.callclear.sip.agent;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.IncomingCall;
import org.callclear.sip.call.IncomingCalls;
import org.callclear.sip.call.Sdp;

/** Takes calls and writes down what it hears; rings and answers when told to. */
public final class Answering implements IncomingCalls {
    public static final Sdp ANSWER = new Sdp(String.join(
            "\r\n",
            "v=0",
            "o=- 1 1 IN IP4 127.0.0.1",
            "s=-",
            "c=IN IP4 127.0.0.1",
            "t=0 0",
            "m=audio 40000 RTP/AVP 0",
            ""));

    public final List<IncomingCall> calls = new CopyOnWriteArrayList<>();
    public final List<String> heard = new CopyOnWriteArrayList<>();
    private final boolean answers;

    /** @param answers whether every call rings and is answered at once */
    public Answering(boolean answers) {
        this.answers = answers;
    }

    @Override
    public void invited(IncomingCall call) {
        calls.add(call);
        call.listen(new IncomingCall.Listener() {
            @Override
            public void cancelled() {
                heard.add("cancelled");
            }

            @Override
            public void confirmed() {
                heard.add("confirmed");
            }

            @Override
            public void ended(Cause cause) {
                heard.add("ended " + cause.q850());
            }
        });
        if (answers) {
            call.progress(180, Sdp.NONE);
            call.answer(ANSWER);
        }
    }
}
