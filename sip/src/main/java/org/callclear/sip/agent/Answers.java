package org.callclear.sip.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.callclear.sip.call.Cause;
import org.callclear.sip.dialog.Dialog;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipResponse;
import org.callclear.sip.transaction.Notice;
import org.callclear.sip.transport.Hop;
import org.jspecify.annotations.Nullable;

/**
 * The dialogs that answers to our INVITE have made, by their tags; a fork may make several. They outlive the call by half a
 * minute, for a 2xx that comes again or late, and know nothing else of it. On the loop only.
 */
final class Answers {
    private final Line line;
    private final Hop hop;
    private final String tag;
    private final Map<String, DialogCalls> byTag = new HashMap<>(2);

    /** @param tag ours */
    Answers(Line line, Hop hop, String tag) {
        this.line = line;
        this.hop = hop;
        this.tag = tag;
    }

    /** The dialog with the end of that tag; null when there is none. */
    @Nullable
    DialogCalls of(String theirTag) {
        return byTag.get(theirTag);
    }

    /** Acknowledges a 2xx, and gives the dialog that it makes; null when it came before and its ACK was lost (13.2.2.4). */
    @Nullable
    DialogCalls accept(SipRequest invite, SipResponse response) {
        long number = invite.core().cseq().number();
        String theirTag = response.core().to().tag();
        DialogCalls known = byTag.get(theirTag);
        if (known != null) {
            known.acknowledge(number);
            return null;
        }
        DialogCalls fresh = new DialogCalls(line, Dialog.ofAnswered(invite, response, hop), tag, number, -1);
        byTag.put(theirTag, fresh);
        fresh.acknowledge(number);
        return fresh;
    }

    /** What is done once the call is over: nobody wants what answers then. */
    Consumer<Notice> afterwards(SipRequest invite, Cause cause) {
        return notice -> {
            if (notice instanceof Notice.Answered answered
                    && answered.response().isSuccess()) {
                DialogCalls unwanted = accept(invite, answered.response());
                if (unwanted != null) {
                    unwanted.bye(cause, () -> {});
                }
            }
        };
    }
}
