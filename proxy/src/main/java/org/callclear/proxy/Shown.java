package org.callclear.proxy;

import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.callclear.metrics.Meters;
import org.callclear.sip.agent.SipCounters;

/** What a proxy shows of itself beside what its {@link CallCounters} count: its meters by name. */
final class Shown {
    private Shown() {}

    private enum Reader {
        ANSWERS
    }

    private enum Sip {
        MESSAGES_IN,
        MESSAGES_OUT,
        RETRANSMISSIONS,
        MALFORMED,
        CHALLENGES,
        SHED,
        BUSY,
        FORGOTTEN,
        CONNECTIONS_REFUSED
    }

    static void sip(Meters meters, Supplier<SipCounters> counters) {
        meters.counted(
                "proxy.sip",
                "what came and went on the SIP side",
                "what",
                Sip.class,
                what -> count(counters.get(), what));
    }

    private static long count(SipCounters seen, Sip what) {
        return switch (what) {
            case MESSAGES_IN -> seen.messagesIn();
            case MESSAGES_OUT -> seen.messagesOut();
            case RETRANSMISSIONS -> seen.retransmissions();
            case MALFORMED -> seen.malformed();
            case CHALLENGES -> seen.challenges();
            case SHED -> seen.floods().shed();
            case BUSY -> seen.floods().busy();
            case FORGOTTEN -> seen.floods().forgotten();
            case CONNECTIONS_REFUSED -> seen.floods().connectionsRefused();
        };
    }

    static void openCalls(Meters meters, Switchboard board) {
        meters.gauge("proxy.open.calls", "calls under way", board::open);
    }

    static void reports(Meters meters, LongSupplier unsent) {
        meters.gauge("proxy.reports.unsent", "ended attempts whose report is not acknowledged", unsent);
    }

    static void lag(Meters meters, Supplier<Map<MetricName, ? extends Metric>> answers) {
        meters.lag(Reader.ANSWERS, answers);
    }
}
