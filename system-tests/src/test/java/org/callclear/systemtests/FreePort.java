package org.callclear.systemtests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** TCP ports on the loopback address that nobody has, below those that outgoing connections take, so that one stays free until it is used. */
public final class FreePort {
    private static final int LOWEST = 20_000;
    private static final int ABOVE_HIGHEST = 32_000;

    private FreePort() {}

    /** Any one of them. */
    public static int any() {
        RandomGenerator random = RandomGenerator.getDefault();
        int port = random.nextInt(LOWEST, ABOVE_HIGHEST);
        while (!isFree(port)) {
            port = random.nextInt(LOWEST, ABOVE_HIGHEST);
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
