package org.callclear.bench.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndsTest {
    private static final String NAMES =
            "StartTime;TotalCallCreated;CurrentCall;SuccessfulCall(P);SuccessfulCall(C);FailedCall(C);Retransmissions(C);";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @Test
    void theLastLineCounts() throws IOException {
        Path file = Files.writeString(folder.resolve("s.csv"), NAMES + "\nt;10;9;1;1;0;0;\nt;300;0;299;296;4;7;\n");

        assertThat(Ends.read(file)).isEqualTo(new Ends(300, 296, 4, 7));
    }

    @Test
    void otherStatisticsAreNotTakenForNone() throws IOException {
        Path file = Files.writeString(folder.resolve("s.csv"), "StartTime;TotalCallCreated;\nt;10;\n");

        assertThatThrownBy(() -> Ends.read(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SuccessfulCall(C)");
    }
}
