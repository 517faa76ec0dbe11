package org.callclear.app.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * Finds ports on 127.0.0.1 that nobody listens on, never the same twice. They lie below the range from which systems
 * take ports for outgoing connections, so that a port stays free while the stack is down.
 */
final class LoopbackPorts implements IntSupplier {
    static final String HOST = "127.0.0.1";
    private static final int LOWEST = 20_000;
    private static final int ABOVE_HIGHEST = 32_000;
    private static final int TRIES = 1_000;

    private final RandomGenerator random;
    private final Set<Integer> given = new HashSet<>();

    LoopbackPorts(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public int getAsInt() {
        for (int i = 0; i < TRIES; i++) {
            int port = random.nextInt(LOWEST, ABOVE_HIGHEST);
            if (!given.contains(port) && isFree(port)) {
                given.add(port);
                return port;
            }
        }
        throw new StackException("no free port between " + LOWEST + " and " + ABOVE_HIGHEST + " on " + HOST);
    }

    /** @throws StackException naming host and port when another program listens there */
    static void requireFree(int port, String what) {
        if (!isFree(port)) {
            throw new StackException(HOST + ":" + port + " is in use by another program; the " + what + " needs it");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
