package org.callclear.app.machine;

import java.nio.file.Path;
import org.callclear.app.stack.StackPorts;

/**
 * What a machine has to be told.
 *
 * @param data its directory
 * @param ports of broker and registry
 * @param sipPort of the first proxy; 0 for the one it had before, or a free one
 */
public record MachineSettings(Path data, StackPorts ports, int sipPort) {
    private static final int MOST_PORT = 65_535;

    /** @throws IllegalArgumentException when the port is not 0 to 65535 */
    public MachineSettings {
        if (sipPort < 0 || sipPort > MOST_PORT) {
            throw new IllegalArgumentException("sip port " + sipPort + ": must be 0 to " + MOST_PORT);
        }
    }
}
