package org.callclear.settlement;

import org.apache.kafka.streams.KafkaStreams;
import org.callclear.metrics.Meters;

/** What settlement shows of itself: its meters by name. */
final class Shown {
    private Shown() {}

    static void state(Meters meters, KafkaStreams streams) {
        meters.gauge(
                "settlement.streams.state",
                "1 for the state that the stream job is in",
                "state",
                KafkaStreams.State.class,
                state -> streams.state() == state ? 1 : 0);
    }
}
