package org.callclear.app.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.callclear.app.stack.Parties.DIRECTORY;
import static org.callclear.app.stack.Parties.SETUP;
import static org.callclear.app.stack.Parties.ZENITH_1;
import static org.callclear.app.stack.Parties.ZENITH_2;
import static org.callclear.app.stack.Parties.readAll;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.callclear.app.topics.TopicApplier;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole process is killed while it writes; a second one goes on in the same directory. */
@Tag("broker")
class KillTest {
    private static final int BEFORE_THE_KILL = 3_000;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAKillAndSoAreTheRights() throws Exception {
        Process victim = start();
        Set<String> acked = new HashSet<>();
        try (BufferedReader lines = victim.inputReader(UTF_8)) {
            readAcks(lines, acked, BEFORE_THE_KILL);
            assertThat(refusalOfASecond()).contains(folder.toString(), Long.toString(victim.pid()));
            // By its handle: the process itself would close the pipe with acknowledgements still in it.
            victim.toHandle().destroyForcibly();
            readAcks(lines, acked, Integer.MAX_VALUE);
        }
        theRegistryEndsWithItsParent();

        List<String> said = Collections.synchronizedList(new ArrayList<>());
        try (EmbeddedStack again = EmbeddedStack.start(folder, StackPorts.REMEMBERED, said::add);
                TopicApplier applier = TopicApplier.open(again.accessFor(SETUP))) {
            var journal = readAll(
                    again.accessFor(Party.of(Party.Kind.AUDIT)).clientSettings(), Topic.SETTLEMENT_JOURNAL.topic());
            assertThat(journal.keySet()).containsAll(acked);
            assertThat(applier.plan(DIRECTORY).isEmpty()).isTrue();
            var gateway = again.accessFor(Party.gateway(ZENITH_1)).clientSettings();
            assertThatCode(() -> readAll(gateway, Topic.SETUP_REQUESTS.of(ZENITH_1)))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> readAll(gateway, Topic.SETUP_REQUESTS.of(ZENITH_2)))
                    .isInstanceOf(TopicAuthorizationException.class);
        }
        assertThat(said)
                .filteredOn(line -> line.contains("checked and recovered"))
                .hasSize(1);
        said.clear();
        EmbeddedStack.start(folder, StackPorts.REMEMBERED, said::add).close();
        assertThat(said).noneMatch(line -> line.contains("checked and recovered"));
    }

    private String refusalOfASecond() throws IOException {
        Process second = start();
        try (BufferedReader lines = second.inputReader(UTF_8)) {
            return lines.lines()
                    .filter(line -> line.startsWith(Victim.REFUSED))
                    .findFirst()
                    .orElse("it was not refused");
        }
    }

    private static void readAcks(BufferedReader lines, Set<String> acked, int most) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(Victim.ACKED)) {
                acked.add(line.substring(Victim.ACKED.length()));
            }
            if (acked.size() >= most) {
                return;
            }
        }
    }

    private void theRegistryEndsWithItsParent() throws IOException {
        String pid = Files.readString(folder.resolve("registry/registry.pid")).replaceAll(" .*\\s*", "");
        Optional<ProcessHandle> registry = ProcessHandle.of(Long.parseLong(pid));
        await().atMost(Duration.ofSeconds(8))
                .until(() -> registry.map(handle -> !handle.isAlive()).orElse(true));
    }

    private Process start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        started.add(process);
        return process;
    }
}
