package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.callclear.app.demo.Demo;
import org.callclear.app.demo.Outcome;
import org.callclear.app.demo.OutcomeJson;
import org.callclear.app.machine.Machine;
import org.callclear.app.machine.MachineSettings;
import org.callclear.app.machine.Progress;
import org.callclear.app.stack.StackPorts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}. */
@Command(
        name = "demo",
        description = "Starts the whole system on this machine, places real SIP calls through it, closes the period and"
                + " prints the statement.")
final class DemoCommand implements Callable<Integer> {
    private static final int MOST_CALLS = 10_000;

    private final Terminal terminal;
    private final Lifetime lifetime;
    private final Clock clock;

    @Option(names = "--calls", paramLabel = "N", description = "calls to place (default: ${DEFAULT-VALUE})")
    private int calls = 20;

    @Option(
            names = "--exit",
            description = "end when the statement is printed; exit code 1 if anything does not add up")
    private boolean exit;

    @Option(names = "--json", description = "print one JSON object as the last line")
    private boolean json;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "data directory (default: a fresh one, removed at the end)")
    private @Nullable Path data;

    DemoCommand(Terminal terminal, Lifetime lifetime, Clock clock) {
        this.terminal = terminal;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        if (calls < 1 || calls > MOST_CALLS) {
            throw new CommandException("--calls " + calls + ": must be 1 to " + MOST_CALLS);
        }
        if (data != null) {
            return run(data);
        }
        Path fresh = Files.createTempDirectory("callclear-demo-");
        try {
            return run(fresh);
        } finally {
            remove(fresh);
        }
    }

    private int run(Path directory) {
        Progress progress = new Progress(terminal::progress);
        try (Machine machine = Machine.start(new MachineSettings(directory, StackPorts.REMEMBERED, 0), progress)) {
            Outcome outcome = new Demo(machine, progress, clock).run(calls);
            if (!json) {
                terminal.print(OutcomeText.of(outcome));
            }
            outcome.problems().forEach(problem -> terminal.progress("callclear: " + problem));
            if (json) {
                ObjectNode result = OutcomeJson.of(outcome);
                terminal.print(result);
            }
            if (!exit) {
                terminal.progress(howToCall(machine.endpoints()));
                lifetime.await(machine.died());
            }
            return outcome.problems().isEmpty() ? 0 : 1;
        }
    }

    private static String howToCall(ObjectNode endpoints) {
        return """
                The system stays up; ctrl-C ends it.
                  SIP proxy of acme  %s (UDP and TCP; user and password in %s)
                  Kafka              %s (TLS, client certificates under %s/pki)
                  schema registry    %s
                  metrics            %s
                  to call            any SIP phone, for instance 493055512300; the last two digits 91 are busy,
                                     92 does not answer, 93 refuses, 96 hangs up""".formatted(
                        endpoints.path("sip").path("acme").asText(),
                        endpoints.path("callers").path("acme").asText(),
                        endpoints.path("kafka").asText(),
                        endpoints.path("data").asText(),
                        endpoints.path("registry").asText(),
                        endpoints.path("metrics").asText());
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
