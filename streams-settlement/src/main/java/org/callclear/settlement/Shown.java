package org.callclear.settlement;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.callclear.metrics.Meters;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.intake.Intake;
import org.callclear.settlement.seal.Sealer;
import org.jspecify.annotations.Nullable;

/** What settlement shows of itself, beside what intake and the sealer count: its meters by name. */
final class Shown {
    /** Where the stream job's own metrics count records by topic. */
    private static final String BY_TOPIC = "stream-topic-metrics";

    private Shown() {}

    private enum Reader {
        INTAKE,
        STREAM_JOB,
        STATEMENT_DRAFTS
    }

    private enum In {
        JOURNAL(Topic.SETTLEMENT_JOURNAL);

        private final String topic;

        In(Topic topic) {
            this.topic = topic.topic();
        }

        @Override
        public String toString() {
            return topic;
        }
    }

    private enum Out {
        POSTINGS(Topic.POSTINGS),
        RECONCILED_CALLS(Topic.RECONCILED_CALLS),
        CALL_ATTEMPTS(Topic.CALL_ATTEMPTS),
        DISPUTES(Topic.DISPUTES),
        CDR_REJECTED(Topic.CDR_REJECTED),
        COMMAND_OUTCOMES(Topic.COMMAND_OUTCOMES),
        POSITIONS(Topic.POSITIONS),
        STATEMENT_DRAFTS(Topic.STATEMENT_DRAFTS);

        private final String topic;

        Out(Topic topic) {
            this.topic = topic.topic();
        }

        @Override
        public String toString() {
            return topic;
        }
    }

    static void streams(Meters meters, KafkaStreams streams) {
        meters.gauge(
                "settlement.job.state",
                "1 for the state that the stream job is in",
                "state",
                KafkaStreams.State.class,
                state -> streams.state() == state ? 1 : 0);
        records(meters, streams::metrics);
    }

    /** What the stream job's own metrics count. */
    static void records(Meters meters, Supplier<Map<MetricName, ? extends Metric>> job) {
        meters.counted(
                "settlement.job.records.in",
                "records that the stream job read",
                "topic",
                In.class,
                job,
                (topic, part) -> is(part, "records-consumed-total", topic.topic));
        meters.counted(
                "settlement.job.records.out",
                "records that the stream job wrote",
                "topic",
                Out.class,
                job,
                (topic, part) -> is(part, "records-produced-total", topic.topic));
    }

    private static boolean is(MetricName part, String name, String topic) {
        return part.name().equals(name)
                && part.group().equals(BY_TOPIC)
                && topic.equals(part.tags().get("topic"));
    }

    static void lag(Meters meters, Intake intake, KafkaStreams streams, @Nullable Sealer sealer) {
        meters.lag(Reader.INTAKE, intake::metrics);
        meters.lag(Reader.STREAM_JOB, streams::metrics);
        meters.lag(Reader.STATEMENT_DRAFTS, sealer == null ? Map::of : sealer::metrics);
    }
}
