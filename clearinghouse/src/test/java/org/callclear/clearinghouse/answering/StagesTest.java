package org.callclear.clearinghouse.answering;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.callclear.clearinghouse.World;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.testkit.clearing.Requests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which stages of an answer are measured when. */
class StagesTest {
    @TempDir
    private Path directory;

    private final FakeOutbox outbox = new FakeOutbox();
    private DeskRig rig;
    private AnswerDesk desk;

    @BeforeEach
    void open() {
        rig = new DeskRig(directory);
        desk = rig.desk(outbox);
    }

    @Test
    void aGrantIsJournaledWhenTheJournalSaysSo() {
        outbox.acknowledgeAtOnce(false);

        var done = desk.take(rig.record(Requests.aRequest(World.NOW, 1).request(), 0), DeskRig.tenure());

        assertMeasured(1, "WAITED", "DECIDED", "SIGNED");
        assertMeasured(0, "JOURNALED");
        outbox.last().acknowledged().complete(null);
        assertMeasured(1, "JOURNALED");
        assertThat(done).isNotDone();
    }

    @Test
    void aDenialIsDecidedAndNotSigned() {
        AuthorizationRequest request = AuthorizationRequest.newBuilder(
                        Requests.aRequest(World.NOW, 2).request())
                .setCalled("no number")
                .build();

        desk.take(rig.record(request, 0), DeskRig.tenure()).join();

        assertMeasured(1, "WAITED", "DECIDED");
        assertMeasured(0, "SIGNED", "JOURNALED");
        assertThat(rig.tally().counts().denied()).hasSize(1);
    }

    @Test
    void aRepeatedQuestionIsNotDecidedAgain() {
        AuthorizationRequest request = Requests.aRequest(World.NOW, 3).request();
        desk.take(rig.record(request, 0), DeskRig.tenure()).join();

        desk.take(rig.record(request, 1), DeskRig.tenure()).join();

        assertMeasured(2, "WAITED");
        assertMeasured(1, "DECIDED", "SIGNED", "JOURNALED");
    }

    private void assertMeasured(int times, String... stages) {
        for (String stage : stages) {
            assertThat(rig.measured())
                    .contains("callclear_stage_seconds_count{name=\"ch1\",party=\"clearinghouse\",stage=\"" + stage
                            + "\"} " + times + "\n");
        }
    }
}
