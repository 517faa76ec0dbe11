package org.callclear.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.callclear.app.machine.Machine;
import org.callclear.app.machine.MachineSettings;
import org.callclear.app.machine.Progress;
import org.callclear.app.stack.StackPorts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}. */
@Command(
        name = "up",
        description =
                "Runs the whole system on this machine, durable in a directory; prints one READY line when calls are"
                        + " served, and ends on SIGTERM or ctrl-C.")
final class UpCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Lifetime lifetime;

    @Option(names = "--data", paramLabel = "DIR", description = "data directory (default: ${DEFAULT-VALUE})")
    private Path data = Path.of(Target.USUAL_DATA);

    @Option(
            names = "--sip-port",
            paramLabel = "PORT",
            description = "SIP port of the proxy; 0: the one it had, or a free one")
    private int sipPort;

    @Option(
            names = "--sips-port",
            paramLabel = "PORT",
            description = "port of the proxy for SIP over TLS; 0: the one it had, or a free one")
    private int sipsPort;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            description = "port of the broker; 0: the one it had, or a free one")
    private int kafkaPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            description = "port of the registry; 0: the one it had, or a free one")
    private int registryPort;

    @Option(
            names = "--trunk",
            paramLabel = "HOST:PORT",
            description = "where the gateways send calls, SIP over UDP, in the place of a simulated PSTN",
            converter = HostAndPort.class)
    private @Nullable InetSocketAddress trunk;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "port of the page of metrics; 0: the one it had, or a free one")
    private int metricsPort;

    @Option(names = "--json", description = "print the endpoints in the READY line as JSON")
    private boolean json;

    UpCommand(Terminal terminal, Lifetime lifetime) {
        this.terminal = terminal;
        this.lifetime = lifetime;
    }

    @Override
    public Integer call() {
        MachineSettings settings = new MachineSettings(
                data, new StackPorts(kafkaPort, registryPort), sipPort, sipsPort, metricsPort, trunk);
        try (Machine machine = Machine.start(settings, new Progress(terminal::progress))) {
            terminal.print("READY " + (json ? machine.endpoints().toString() : words(machine.endpoints())));
            lifetime.await(machine.died());
        }
        return 0;
    }

    /** {@code sip.acme=127.0.0.1:5060 kafka=127.0.0.1:9093 ...} */
    private static String words(ObjectNode endpoints) {
        StringBuilder words = new StringBuilder();
        endpoints.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isObject()) {
                value.properties()
                        .forEach(inner -> words.append(field.getKey())
                                .append('.')
                                .append(inner.getKey())
                                .append('=')
                                .append(inner.getValue().asText())
                                .append(' '));
            } else {
                words.append(field.getKey()).append('=').append(value.asText()).append(' ');
            }
        });
        return words.toString().stripTrailing();
    }
}
