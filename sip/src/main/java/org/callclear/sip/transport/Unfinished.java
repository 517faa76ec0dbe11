package org.callclear.sip.transport;

import io.netty.channel.ChannelId;
import java.time.Duration;

/**
 * What there is for messages that have begun and not ended, in all connections of a user agent. On the loop only.
 *
 * @param bytes bytes held, by connection
 * @param within how long a message may take from its first byte to its last
 */
record Unfinished(Shares<ChannelId> bytes, Duration within) {
    static Unfinished of(Limits limits) {
        Limits.Messages messages = limits.messages();
        return new Unfinished(new Shares<>(messages.unfinishedBytes(), messages.unfinishedBytes()), messages.within());
    }
}
