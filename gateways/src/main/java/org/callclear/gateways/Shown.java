package org.callclear.gateways;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.callclear.gateways.gate.Channels;
import org.callclear.gateways.replay.TopicReplayMemory;
import org.callclear.gateways.status.Refusals;
import org.callclear.gateways.switching.Switchboard;
import org.callclear.metrics.Meters;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.wire.TopicTail;
import org.callclear.tokens.ReplayMemory;

/** What a gateway shows of itself, beside what is shown of its token checks: its meters by name. */
final class Shown {
    private Shown() {}

    private enum Reader {
        SETUP_REQUESTS,
        TOKEN_KEYS,
        USED_TOKENS
    }

    static void calls(Meters meters, Switchboard board, Channels channels, Refusals refusals) {
        meters.counted("gateway.setups.let.in", "set-ups let in", board::letIn);
        meters.counted(
                "gateway.setups.refused", "set-ups refused, by reason", "reason", SetupRefusal.class, refusals::of);
        meters.gauge("gateway.open.calls", "calls that are up or being set up", board::openCalls);
        meters.gauge("gateway.free.channels", "calls that could come in addition", channels::free);
        meters.gauge("gateway.reports.unsent", "ended calls whose report is not acknowledged", board::undelivered);
        meters.counted(
                "gateway.words.disbelieved",
                "cancels and releases that named no call that is up, or not its secret",
                board::disbelieved);
    }

    static void memory(Meters meters, ReplayMemory usedTokens) {
        meters.gauge("gateway.used.tokens", "used tokens remembered", usedTokens::remembered);
        if (usedTokens instanceof TopicReplayMemory shared) {
            meters.lag(Reader.USED_TOKENS, shared::metrics);
        }
    }

    static void lag(Meters meters, Supplier<Map<MetricName, ? extends Metric>> requests, TopicTail keys) {
        meters.lag(Reader.SETUP_REQUESTS, requests);
        meters.lag(Reader.TOKEN_KEYS, keys::metrics);
    }
}
