package org.callclear.app.machine;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.callclear.app.stack.StackPorts;
import org.jspecify.annotations.Nullable;

/**
 * What a machine has to be told.
 *
 * @param data its directory
 * @param ports of broker and registry
 * @param sipPort of the first proxy; 0 for the one it had before, or a free one
 * @param sipsPort the same for SIP over TLS
 * @param metricsPort the same for the page of metrics
 * @param trunk where all gateways send calls, by UDP; null for a simulated PSTN
 */
public record MachineSettings(
        Path data,
        StackPorts ports,
        int sipPort,
        int sipsPort,
        int metricsPort,
        @Nullable InetSocketAddress trunk) {
    private static final int MOST_PORT = 65_535;

    /** @throws IllegalArgumentException when a port is not 0 to 65535 */
    public MachineSettings {
        requirePort("sip port", sipPort);
        requirePort("sips port", sipsPort);
        requirePort("metrics port", metricsPort);
    }

    /** With ports that it had before, or free ones, for SIP over TLS and the page of metrics, and a simulated PSTN. */
    public MachineSettings(Path data, StackPorts ports, int sipPort) {
        this(data, ports, sipPort, 0, 0, null);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > MOST_PORT) {
            throw new IllegalArgumentException(name + " " + port + ": must be 0 to " + MOST_PORT);
        }
    }
}
