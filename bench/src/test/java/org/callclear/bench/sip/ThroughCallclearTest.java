package org.callclear.bench.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThroughCallclearTest {
    @Test
    void whatIsMeasuredHasTheFlagsThatTheLauncherGives() throws IOException {
        String launcher = Files.readString(Path.of("..", "bin", "callclear"));
        String up = launcher.substring(launcher.indexOf("demo|up)"));

        assertThat(up.substring(0, up.indexOf(";;")))
                .contains(ThroughCallclear.words(List.of()).split(" "));
    }
}
