package org.callclear.gateways.switching;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.callclear.gateways.GatewayWorld;
import org.callclear.gateways.call.CallEvent;
import org.callclear.gateways.gate.Judgement;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;
import org.callclear.testkit.gateways.FakeTrunk;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to calls in whatever order: as many channels are taken as calls are up, and each has one CDR. */
class NoChannelLeaksTest {
    private static final int CHANNELS = 5;
    private static final int EVENTS = 1_000;

    @TempDir
    Path directory;

    private record Known(SetupRequested setup, FakeTrunk.Leg leg) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261123})
    void channelsAndReportsAddUpAfterAnySequenceOfEvents(long seed) {
        try (GatewayWorld world = new GatewayWorld(directory, CHANNELS)) {
            Random random = new Random(seed);
            List<Known> letIn = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                happen(world, random, letIn);
                assertThat(world.channels.taken())
                        .as("seed %s event %s", seed, i)
                        .isEqualTo(world.board.openCalls());
                assertThat(world.channels.taken()).isBetween(0, CHANNELS);
            }
            world.board.endAll().join();

            assertThat(world.channels.taken()).as("seed %s", seed).isZero();
            assertThat(world.timers.armed()).as("seed %s", seed).isZero();
            Set<String> reported = new HashSet<>();
            for (CallDetailRecord cdr : world.cdrs()) {
                assertThat(reported.add(String.valueOf(cdr.getTransactionId())))
                        .as("seed %s: %s reported once", seed, cdr.getCallId())
                        .isTrue();
                assertThat(cdr.getEndedAt()).isAfterOrEqualTo(cdr.getSetupAt());
            }
            assertThat(reported).hasSameSizeAs(letIn);
            assertThat(letIn).hasSizeGreaterThan(30);
        }
    }

    private static void happen(GatewayWorld world, Random random, List<Known> letIn) {
        if (letIn.isEmpty() || random.nextInt(5) == 0) {
            SetupRequested setup = world.aSetup()
                    .atMost(Duration.ofSeconds(1 + random.nextInt(20)))
                    .build();
            if (world.judge(setup) instanceof Judgement.LetIn in) {
                world.board.connect(in);
                letIn.add(new Known(setup, world.trunk.last()));
            }
            return;
        }
        // Mostly calls that are up, now and then one that has long been over.
        int from = random.nextInt(4) == 0 ? 0 : Math.max(0, letIn.size() - CHANNELS - 2);
        Known call = letIn.get(from + random.nextInt(letIn.size() - from));
        switch (random.nextInt(9)) {
            case 0 -> call.leg().ring();
            case 1, 2 -> call.leg().answer(Sdp.NONE);
            case 3 -> call.leg().fail(486);
            case 4 -> call.leg().bye();
            case 5 -> world.board.take(call.setup().getTransactionId(), cancel(world, call.setup()));
            case 6 -> world.board.take(call.setup().getTransactionId(), release(world, call.setup()));
            case 7 ->
                world.board.take(
                        call.setup().getTransactionId(),
                        cancel(world, letIn.getFirst().setup()));
            default -> world.pass(Duration.ofMillis(random.nextInt(3_000)));
        }
    }

    private static CallEvent cancel(GatewayWorld world, SetupRequested setup) {
        return new CallEvent.Cancelled(
                setup.getCallId(), setup.getTransactionId(), Cause.NORMAL, world.clock.instant());
    }

    private static CallEvent release(GatewayWorld world, SetupRequested setup) {
        return new CallEvent.Released(
                setup.getCallId(), setup.getTransactionId(), Cause.NORMAL, ReleaseSource.CALLER, world.clock.instant());
    }
}
