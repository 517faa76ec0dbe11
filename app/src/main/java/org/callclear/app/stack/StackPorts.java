package org.callclear.app.stack;

/**
 * TCP ports on the loopback address. 0 means: the port this data directory had before, or else a free one, which is
 * then remembered.
 *
 * @param kafka where parties reach the broker
 * @param registry where parties reach the schema registry
 */
public record StackPorts(int kafka, int registry) {
    private static final int MAX = 65_535;

    /** Every port as the data directory remembers it, or free. */
    public static final StackPorts REMEMBERED = new StackPorts(0, 0);

    /** @throws IllegalArgumentException when a port is not 0 to 65535, or both are the same */
    public StackPorts {
        require("kafka", kafka);
        require("registry", registry);
        if (kafka != 0 && kafka == registry) {
            throw new IllegalArgumentException("registry port " + registry + ": is the kafka port too");
        }
    }

    private static void require(String name, int port) {
        if (port < 0 || port > MAX) {
            throw new IllegalArgumentException(name + " port " + port + ": must be 0 to " + MAX);
        }
    }
}
