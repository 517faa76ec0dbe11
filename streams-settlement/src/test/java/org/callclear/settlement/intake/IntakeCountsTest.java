package org.callclear.settlement.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.callclear.metrics.MeterBook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What intake counts is what stays. */
class IntakeCountsTest {
    private static final String WHOSE = "{name=\"settlement\",party=\"settlement\",";

    private final MeterBook book = new MeterBook();
    private final IntakeCounts counts = new IntakeCounts(book.of("settlement", "settlement"));

    @AfterEach
    void close() {
        book.close();
    }

    @Test
    void whatIsCommittedCounts() {
        counts.begin();
        counts.read("carrier.acme.cdrs");
        counts.read("carrier.zenith.cdrs");
        counts.read("commands");
        counts.rejected("TOO_OLD");
        counts.rejected("a reason of a later version");
        counts.committed();

        assertThat(text())
                .contains("callclear_settlement_intake_records_total" + WHOSE + "topic=\"CDRS\"} 2.0\n")
                .contains("callclear_settlement_intake_records_total" + WHOSE + "topic=\"COMMANDS\"} 1.0\n")
                .contains("callclear_settlement_intake_rejected_total" + WHOSE + "reason=\"TOO_OLD\"} 1.0\n")
                .contains("callclear_settlement_intake_rejected_total" + WHOSE + "reason=\"OTHER\"} 1.0\n");
    }

    @Test
    void aBatchThatIsUndoneAndReadAgainCountsOnce() {
        counts.begin();
        counts.read("carrier.acme.cdrs");
        counts.rejected("TOO_OLD");

        counts.begin();
        counts.read("carrier.acme.cdrs");
        counts.rejected("TOO_OLD");
        counts.committed();

        assertThat(text())
                .contains("callclear_settlement_intake_records_total" + WHOSE + "topic=\"CDRS\"} 1.0\n")
                .contains("callclear_settlement_intake_rejected_total" + WHOSE + "reason=\"TOO_OLD\"} 1.0\n");
    }

    private String text() {
        return book.text(MeterBook.Form.PLAIN);
    }
}
