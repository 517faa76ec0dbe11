package org.callclear.app.stack;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry's child process: started, remembered in a file, ended; also one that an earlier run left behind. */
final class RegistryProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryProcess.class);
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18})\\s*");
    private static final String PID_FILE = "registry.pid";
    private static final String MAIN = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";
    private static final Duration IN_ORDER_WITHIN = Duration.ofSeconds(5);
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private final Process process;
    private final Path pidFile;

    private RegistryProcess(Process process, Path pidFile) {
        this.process = process;
        this.pidFile = pidFile;
    }

    /**
     * Starts the registry.
     *
     * @param folder where its database, log and process id go
     * @param port where it listens on the loopback address
     */
    static RegistryProcess start(Distribution distribution, Path folder, int port) throws IOException {
        Path pidFile = folder.resolve(PID_FILE);
        ProcessBuilder builder = new ProcessBuilder(command(distribution, folder));
        environment(builder.environment(), folder, port);
        builder.directory(folder.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(logOf(folder).toFile());
        Process process = builder.start();
        Files.writeString(
                pidFile, process.pid() + " " + startOf(process.toHandle()).toEpochMilli() + "\n");
        return new RegistryProcess(process, pidFile);
    }

    static Path logOf(Path folder) {
        return folder.resolve("registry.log");
    }

    private static List<String> command(Distribution distribution, Path folder) throws IOException {
        Path jvm = Path.of(System.getProperty("java.home"), "bin", "java");
        String classPath = launcher(folder) + File.pathSeparator + distribution.registryJar();
        List<String> command = new ArrayList<>(List.of(jvm.toString(), "-Xmx192m", "-Xss512k"));
        // A short start matters more than the last third of speed, and one collector thread less memory.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=64m"));
        command.addAll(List.of(
                "-XX:MaxMetaspaceSize=192m",
                "-Xshare:auto",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        command.addAll(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", classPath, RegistryMain.class.getName(), MAIN, folder.toString()));
        return command;
    }

    /** A class path with one class of ours: the registry brings other versions of libraries that we use too. */
    private static Path launcher(Path folder) throws IOException {
        Path root = folder.resolve("launcher");
        Path file = root.resolve(RegistryMain.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (InputStream in = RegistryMain.class.getResourceAsStream(RegistryMain.class.getSimpleName() + ".class")) {
            Files.copy(Objects.requireNonNull(in), file, StandardCopyOption.REPLACE_EXISTING);
        }
        return root;
    }

    private static void environment(Map<String, String> environment, Path folder, int port) {
        environment.keySet().removeIf(key -> key.startsWith("QUARKUS_") || key.startsWith("APICURIO_"));
        environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        environment.put("QUARKUS_HTTP_HOST", LoopbackPorts.HOST);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_HOST", LoopbackPorts.HOST);
        // Nobody asks there; 0 takes whatever port is free.
        environment.put("QUARKUS_MANAGEMENT_PORT", "0");
        // Without a write delay a schema that was given an id is on disk before the id is told: kill -9 takes none
        // back.
        environment.put("APICURIO_DATASOURCE_URL", "jdbc:h2:file:" + folder.resolve("registry") + ";WRITE_DELAY=0");
        environment.put("APICURIO_DATASOURCE_JDBC_INITIAL_SIZE", "2");
        environment.put("APICURIO_DATASOURCE_JDBC_MIN_SIZE", "2");
        environment.put("APICURIO_DATASOURCE_JDBC_MAX_SIZE", "10");
        environment.put("APICURIO_STORAGE_SNAPSHOT_LOCATION", folder.toString());
    }

    /** Ends what an earlier run left, but only when the process of that id is the one that was written down. */
    static void endLeftover(Path folder) throws IOException {
        Path pidFile = folder.resolve(PID_FILE);
        if (!Files.exists(pidFile)) {
            return;
        }
        Matcher written = WRITTEN.matcher(Files.readString(pidFile, StandardCharsets.ISO_8859_1));
        if (written.matches()) {
            Instant start = Instant.ofEpochMilli(Long.parseLong(written.group(2)));
            ProcessHandle.of(Long.parseLong(written.group(1)))
                    .filter(handle -> isTheSame(handle, start))
                    .ifPresent(RegistryProcess::end);
        }
        Files.deleteIfExists(pidFile);
    }

    private static boolean isTheSame(ProcessHandle handle, Instant start) {
        return handle.isAlive()
                && Duration.between(start, startOf(handle)).abs().compareTo(SAME_START) < 0
                && handle.info()
                        .commandLine()
                        .map(line -> line.contains(RegistryMain.class.getName()))
                        .orElse(true);
    }

    private static Instant startOf(ProcessHandle handle) {
        return handle.info().startInstant().orElse(Instant.EPOCH);
    }

    private static void end(ProcessHandle leftover) {
        LOG.info("ending the registry that an earlier run left, process {}", leftover.pid());
        leftover.destroyForcibly();
        leftover.onExit()
                .orTimeout(IN_ORDER_WITHIN.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Done when the process has ended. */
    CompletableFuture<Process> ended() {
        return process.onExit();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(IN_ORDER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                process.waitFor(IN_ORDER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            }
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            LOG.warn("the registry's pipe or {} would not close", pidFile, e);
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
