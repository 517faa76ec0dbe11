package org.callclear.clearinghouse;

import org.callclear.clearinghouse.answering.AnsweringService;
import org.callclear.clearinghouse.answering.Tally;
import org.callclear.clearinghouse.limit.LimitBook;
import org.callclear.clearinghouse.limit.StrikeLog;
import org.callclear.clearinghouse.reference.ReferenceFeed;
import org.callclear.clearinghouse.stage.Stage;
import org.callclear.clearinghouse.watching.CallWatch;
import org.callclear.metrics.Latencies;
import org.callclear.metrics.Meters;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.wire.TopicTail;

/** What an instance shows of itself: its meters by name. What they count is counted whether they are read or not. */
final class Shown {
    private Shown() {}

    private enum Reader {
        REQUESTS,
        JOURNAL,
        REFERENCE_DATA
    }

    private enum Feed {
        JOURNAL,
        REFERENCE_DATA
    }

    static Latencies<Stage> stages(Meters meters) {
        return meters.latencies("clearinghouse.stage", "how long the stages of an answer take", "stage", Stage.class);
    }

    static void counts(Meters meters, Tally tally, LimitBook limits, StrikeLog strikes) {
        meters.counted(
                "clearinghouse.grants", "calls granted", () -> tally.counts().granted());
        meters.counted(
                "clearinghouse.denials", "calls denied, by reason", "reason", DenialReason.class, tally::denials);
        meters.counted(
                "clearinghouse.answers.repeated",
                "questions that got the answer of an earlier one again",
                () -> tally.counts().repeated());
        meters.counted(
                "clearinghouse.requests.rejected",
                "records set aside because they are no questions",
                () -> tally.counts().rejected());
        meters.counted(
                "clearinghouse.requests.unanswered",
                "questions whose answer could not be written before it was of no use",
                () -> tally.counts().unanswered());
        meters.counted(
                "clearinghouse.limit.warnings", "calls let go on beyond a limit that only warns", strikes::warnings);
        meters.gauge(
                "clearinghouse.open.calls",
                "calls granted by whichever instance that are not over, as far as this one knows",
                limits::openCalls);
    }

    static void unusable(Meters meters, CallWatch watch, ReferenceFeed feed) {
        meters.counted(
                "clearinghouse.records.unusable",
                "records read that could not be used, by where they stood",
                "feed",
                Feed.class,
                from -> switch (from) {
                    case JOURNAL -> watch.unusable();
                    case REFERENCE_DATA -> feed.unusable();
                });
    }

    static void memory(Meters meters, AnsweringService service) {
        meters.counted(
                "clearinghouse.decisions.forgotten",
                "decisions forgotten before their time, for want of room",
                service::forgottenEarly);
    }

    static void lag(Meters meters, AnsweringService service, TopicTail journal, ReferenceFeed feed) {
        meters.lag(Reader.REQUESTS, service::requestMetrics);
        meters.lag(Reader.JOURNAL, journal::metrics);
        meters.lag(Reader.REFERENCE_DATA, feed::metrics);
    }
}
