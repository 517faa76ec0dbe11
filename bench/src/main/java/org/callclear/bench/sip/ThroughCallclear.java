package org.callclear.bench.sip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.callclear.app.Main;
import org.callclear.bench.child.JavaChild;
import org.callclear.bench.profile.HotMethods;

/**
 * The whole system as {@code callclear up} runs it, with the sample carriers, broker and settlement included; its gateways
 * send calls to the called end. Callers call the proxy of Acme, which asks for a password.
 */
public final class ThroughCallclear implements Way {
    static final String NAME = "Callclear";

    private static final int HAS_COMPACT_HEADERS = 25;
    /** As bin/callclear starts {@code up}, but for its archive of classes, which is about the start alone. */
    private static final List<String> JAVA = java(Runtime.version().feature());

    private static final String CALLER = "acme";
    private static final long READY_SECONDS = 120;
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Of one core; what heartbeats and idle polls take is less. */
    private static final double IDLE = 0.3;

    private final JavaChild process;
    private final int port;
    private final String user;
    private final String password;
    private final URI metrics;
    private final Path data;
    private final Optional<Path> recording;

    private ThroughCallclear(JavaChild process, JsonNode endpoints, Optional<Path> recording) {
        this.process = process;
        this.recording = recording;
        String sip = endpoints.path("sip").path(CALLER).asText();
        this.port = Integer.parseInt(sip.substring(sip.lastIndexOf(':') + 1));
        String[] first = lines(Path.of(endpoints.path("callers").path(CALLER).asText()))
                .get(1)
                .split(",", -1);
        this.user = first[0];
        this.password = first[1];
        this.metrics = URI.create(endpoints.path("metrics").asText());
        this.data = Path.of(endpoints.path("data").asText());
    }

    private static List<String> java(int version) {
        List<String> usual = List.of(
                "-Xms2g",
                "-Xmx2g",
                "-XX:+UseG1GC",
                "-XX:MaxGCPauseMillis=8",
                "-XX:NewSize=48m",
                "-XX:G1MixedGCCountTarget=64",
                "-XX:-G1UseAdaptiveIHOP",
                "-XX:InitiatingHeapOccupancyPercent=65");
        return version < HAS_COMPACT_HEADERS
                ? usual
                : Stream.concat(usual.stream(), Stream.of("-XX:+UseCompactObjectHeaders"))
                        .toList();
    }

    /** Starts it in a folder of its own; it may be recorded. */
    static ThroughCallclear start(Path folder, int calledPort, List<String> more, boolean isRecorded) {
        if (!isRecorded) {
            return start(folder, calledPort, more);
        }
        Path file = folder.resolve("up.jfr");
        List<String> java = new ArrayList<>(more);
        java.add("-XX:StartFlightRecording=settings=profile,filename=" + file);
        return start(folder, calledPort, java, Optional.of(file));
    }

    /** What people are told was started. */
    public static String words(List<String> more) {
        return Stream.concat(JAVA.stream(), more.stream()).collect(Collectors.joining(" "));
    }

    /**
     * Starts it in a folder of its own.
     *
     * @param calledPort where its gateways send calls
     * @param more options of the virtual machine, beside the usual ones
     */
    public static ThroughCallclear start(Path folder, int calledPort, List<String> more) {
        return start(folder, calledPort, more, Optional.empty());
    }

    private static ThroughCallclear start(Path folder, int calledPort, List<String> more, Optional<Path> recording) {
        Path data = folder.resolve("data");
        Path said = folder.resolve("up.out");
        prepare(data);
        List<String> java = new ArrayList<>(JAVA);
        java.addAll(more);
        java.add("-Dfile.encoding=UTF-8");
        java.add("-Dcallclear.home=" + System.getProperty("callclear.home"));
        List<String> arguments =
                List.of("up", "--data", data.toString(), "--trunk", "127.0.0.1:" + calledPort, "--json");
        JavaChild process = JavaChild.start(said, java, Main.class.getName(), arguments);
        if (!Tools.await(() -> !process.isAlive() || ready(said).isPresent(), READY_SECONDS) || !process.isAlive()) {
            String tail = process.tail();
            process.close();
            throw new IllegalStateException("callclear up does not serve; it said: " + tail);
        }
        return new ThroughCallclear(process, ready(said).orElseThrow(), recording);
    }

    /** No carrier's quota may be what is measured. */
    private static void prepare(Path data) {
        try {
            Files.createDirectory(
                    data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(data.resolve("quotas.yaml"), "acme: 100000\nzenith: 100000\nlumen: 100000\n");
        } catch (IOException e) {
            throw new UncheckedIOException(data + ": cannot be prepared", e);
        }
    }

    private static Optional<JsonNode> ready(Path said) {
        String word = "READY ";
        return lines(said).stream()
                .filter(line -> line.startsWith(word) && line.endsWith("}"))
                .findFirst()
                .map(line -> {
                    try {
                        return new ObjectMapper().readTree(line.substring(word.length()));
                    } catch (IOException e) {
                        throw new UncheckedIOException("no JSON: " + line, e);
                    }
                });
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    /** Its page of metrics. */
    public URI metrics() {
        return metrics;
    }

    /** Its data directory. */
    public Path data() {
        return data;
    }

    /** Its process id. */
    public long id() {
        return process.id();
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
    public String scenario() {
        return "caller-digest.xml";
    }

    @Override
    public List<String> callerWords() {
        return List.of("-au", user, "-ap", password);
    }

    /** What comes after a call, its settlement, must not take the processor from what is measured next. */
    @Override
    public void settle(int seconds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        double busy;
        do {
            long before = cpuNanos();
            long begun = System.nanoTime();
            LockSupport.parkNanos(LOOK.toNanos());
            busy = (double) (cpuNanos() - before) / (System.nanoTime() - begun);
        } while (busy > IDLE && System.nanoTime() < until);
        if (busy > IDLE) {
            System.err.printf(
                    Locale.ROOT, "bench: Callclear still takes %.2f cores; what comes next may suffer%n", busy);
        }
    }

    @Override
    public long cpuNanos() {
        return Tools.cpuNanos(process.id());
    }

    /** Where its processor time went, when that was recorded; it is closed then. */
    Optional<String> hotMethods() {
        if (recording.isEmpty()) {
            return Optional.empty();
        }
        close();
        return recording.map(file -> HotMethods.read(file).text());
    }

    @Override
    public void close() {
        process.close();
    }
}
