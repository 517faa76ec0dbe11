package org.callclear.gateways.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.callclear.gateways.GatewayWorld;
import org.callclear.schemas.avro.SetupRequested;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted of tokens: those that were looked at, and of no other set-up. */
class TokenChecksTest {
    private static final List<String> WHOSE = List.of("name=\"zenith-1/g1\"", "party=\"gateway\"");

    @TempDir
    private Path directory;

    private GatewayWorld world;

    @BeforeEach
    void open() {
        world = new GatewayWorld(directory, 2);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aGoodTokenIsExaminedAndUsed() {
        world.judge(world.aSetup().build());

        assertShown("gateway_token_check_seconds_count", "outcome=\"GOOD\"", "1");
        assertShown("gateway_token_use_seconds_count", "", "1");
        assertShown("gateway_token_check_seconds_count", "outcome=\"REFUSED\"", "0");
    }

    @Test
    void aTokenShownTwiceIsGoodBothTimesAndRefusedOnce() {
        SetupRequested setup = world.aSetup().build();
        world.judge(setup);

        world.judge(setup);

        assertShown("gateway_token_check_seconds_count", "outcome=\"GOOD\"", "2");
        assertShown("gateway_token_use_seconds_count", "", "2");
        assertShown("gateway_token_refusals_total", "reason=\"REPLAYED\"", "1.0");
    }

    @Test
    void aForgedTokenIsRefusedAndNotUsed() {
        world.judge(world.aSetup().token(token -> "").build());

        assertShown("gateway_token_check_seconds_count", "outcome=\"REFUSED\"", "1");
        assertShown("gateway_token_refusals_total", "reason=\"TOKEN_MALFORMED\"", "1.0");
        assertShown("gateway_token_use_seconds_count", "", "0");
    }

    @Test
    void aSetupThatIsRefusedForAnythingElseIsNoTokenCheck() {
        world.judge(world.aSetup().with(setup -> setup.setLeg(0)).build());

        assertShown("gateway_token_check_seconds_count", "outcome=\"GOOD\"", "0");
        assertShown("gateway_token_check_seconds_count", "outcome=\"REFUSED\"", "0");
    }

    private void assertShown(String name, String label, String value) {
        SortedSet<String> labels = new TreeSet<>(WHOSE);
        if (!label.isEmpty()) {
            labels.add(label);
        }
        assertThat(world.measured())
                .contains("callclear_" + name + "{" + String.join(",", labels) + "} " + value + "\n");
    }
}
