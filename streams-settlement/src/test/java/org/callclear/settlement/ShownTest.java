package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;

import org.callclear.metrics.MeterBook;
import org.junit.jupiter.api.Test;

/** The records that the stream job reads and writes, as Kafka Streams counts them under the names that we ask for. */
class ShownTest {
    @Test
    void aSettledCallIsCountedOnItsWay() {
        try (World world = World.inNovember();
                MeterBook book = new MeterBook()) {
            Shown.records(book.of("settlement", "settlement"), world::metrics);

            world.settle(aCall("c1"));

            assertThat(book.text(MeterBook.Form.PLAIN))
                    .as("a barrier, a grant and two reports")
                    .contains(line("in", "settlement-journal", 4))
                    .contains(line("out", "reconciled-calls", 1))
                    .contains(line("out", "disputes", 0));
        }
    }

    private static String line(String way, String topic, int records) {
        return "callclear_settlement_job_records_" + way + "_total{name=\"settlement\",party=\"settlement\",topic=\""
                + topic + "\"} " + records + ".0\n";
    }
}
