package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.testkit.settlement.Posted;
import org.callclear.testkit.sipp.Sipp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Foreign SIP on both ends: sipp calls, sipp is the PSTN, everything between is ours. */
@EnabledIf("org.callclear.testkit.sipp.Sipp#isInstalled")
@Tag("timed")
class SippCallsTest {
    private static final int CALLS = 100;
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(30);

    @Test
    void aHundredCallsAtTwentyASecondAllCompleteMatchAndBalance(@TempDir Path directory) throws Exception {
        InetSocketAddress trunk = freeUdpPort();
        try (EmbeddedGround ground = EmbeddedGround.start(directory.resolve("ground"));
                Sipp pstn = Sipp.pstn(directory.resolve("pstn"), trunk);
                WholeSystem system = new WholeSystem(ground, directory.resolve("parties"), trunk, true);
                Records records = new Records(ground, topic -> !topic.startsWith("_"));
                Sipp callers = Sipp.callers(directory.resolve("callers"), calls(system))) {

            Sipp.Result result = callers.await(Duration.ofSeconds(90));

            assertThat(result.exitCode()).as(result.screen()).isZero();
            assertThat(records.postings(CALLS)).hasSize(3 * CALLS);
            await().atMost(SETTLED_WITHIN)
                    .until(() -> records.of(ReconciledCall.class).count() >= CALLS
                            && records.of(CallDetailRecord.class).count() >= 2 * CALLS);
            assertThat(records.of(ReconciledCall.class))
                    .hasSize(CALLS)
                    .allSatisfy(call -> assertThat(call.getReconciliation())
                            .isIn(ReconciliationClass.MATCHED, ReconciliationClass.MATCHED_WITHIN_TOLERANCE));
            assertThat(onePairEach(records))
                    .hasSize(CALLS)
                    .allSatisfy((call, sides) -> assertThat(sides).hasSize(2));
            assertThat(records.of(Dispute.class)).isEmpty();
            assertThat(records.postings().map(Posted::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo("0");
        }
    }

    private static Sipp.Callers calls(WholeSystem system) throws IOException {
        return new Sipp.Callers(
                system.sipAddress(),
                freeUdpPort().getPort(),
                WholeSystem.USER,
                WholeSystem.PASSWORD,
                "4930777000100",
                CALLS,
                20,
                Duration.ofSeconds(2));
    }

    private static Map<String, List<CallDetailRecord>> onePairEach(Records records) {
        return records.of(CallDetailRecord.class).collect(Collectors.groupingBy(CallDetailRecord::getCallId));
    }

    private static InetSocketAddress freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
    }
}
