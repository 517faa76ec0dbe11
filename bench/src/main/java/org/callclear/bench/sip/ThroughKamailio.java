package org.callclear.bench.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Kamailio as a proxy that keeps transactions and records its route, with two workers; no authentication. */
final class ThroughKamailio implements Way {
    static final String NAME = "Kamailio";

    private final Foreign process;
    private final int port;

    private ThroughKamailio(Foreign process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it in a folder of its own. */
    static ThroughKamailio start(Path program, Path folder, int calledPort) {
        int port = Tools.freePort();
        Path config = folder.resolve("kamailio.cfg");
        try {
            Files.writeString(
                    config,
                    Sipp.resource("kamailio.cfg")
                            .replace("PORT", Integer.toString(port))
                            .replace("CALLED", "127.0.0.1:" + calledPort));
        } catch (IOException e) {
            throw new UncheckedIOException(config + ": cannot be written", e);
        }
        // -DD: with its workers, and not in the background; -m and -M: MiB for transactions and for each worker
        List<String> command = List.of(
                program.toString(),
                "-f",
                config.toString(),
                "-DD",
                "-E",
                "-m",
                "512",
                "-M",
                "16",
                "-Y",
                folder.toString());
        Foreign process = Foreign.start(command, folder, folder.resolve("kamailio.out"));
        return new ThroughKamailio(process.listening(port), port);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public long cpuNanos() {
        return Tools.cpuNanos(process.id());
    }

    @Override
    public void close() {
        process.close();
    }
}
