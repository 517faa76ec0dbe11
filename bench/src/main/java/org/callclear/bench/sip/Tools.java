package org.callclear.bench.sip;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Where other people's programs are, and whether they listen yet. */
public final class Tools {
    private static final List<String> PLACES = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin");
    private static final Path UDP_SOCKETS = Path.of("/proc/net/udp");
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private Tools() {}

    /** Where a program is, on the path or in the usual folders. */
    public static Optional<Path> find(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), PLACES.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A UDP port of the loopback address that nobody has. */
    public static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    /** Whether somebody has this UDP port; not tried by taking it, for then whoever is to have it may find it taken. */
    static boolean isTaken(int port) {
        try {
            return Files.readString(UDP_SOCKETS).contains(String.format(Locale.ROOT, ":%04X ", port));
        } catch (IOException e) {
            throw new UncheckedIOException(UDP_SOCKETS + ": cannot be read; this benchmark needs Linux", e);
        }
    }

    /** Processor time of a process and of those that it started, ns; 0 where the system does not tell. */
    static long cpuNanos(long id) {
        return ProcessHandle.of(id).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToLong(Duration::toNanos)
                .sum();
    }

    /** Whether it came to be so within the time. */
    static boolean await(BooleanSupplier so, long seconds) {
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }
}
