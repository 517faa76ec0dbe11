package org.callclear.bench.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/** Where a flight recording found the processor: by thread, by the method it was in, and by the methods it came through. */
public final class HotMethods {
    private static final int SHOWN = 25;
    private static final double PERCENT = 100.0;

    private final Map<String, Integer> threads = new HashMap<>();
    private final Map<String, Integer> own = new HashMap<>();
    private final Map<String, Integer> through = new HashMap<>();
    private int samples;

    private HotMethods() {}

    /** Reads a recording. */
    public static HotMethods read(Path file) {
        HotMethods methods = new HotMethods();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                methods.count(events.readEvent());
            }
            return methods;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    /** Three lists of at most 25 lines, with the share of all samples. */
    public String text() {
        return "samples: " + samples + "\n" + list("by thread", threads) + list("in the method itself", own)
                + list("in the method and what it calls (ours, Streams, clients, RocksDB)", through);
    }

    private void count(RecordedEvent event) {
        boolean sample = "jdk.ExecutionSample".equals(event.getEventType().getName())
                || "jdk.NativeMethodSample".equals(event.getEventType().getName());
        RecordedStackTrace trace = event.getStackTrace();
        if (!sample || trace == null || trace.getFrames().isEmpty() || waits(trace)) {
            return;
        }
        samples++;
        var thread = event.getThread("sampledThread");
        threads.merge(thread == null ? "?" : shortened(thread.getJavaName()), 1, Integer::sum);
        own.merge(name(trace.getFrames().get(0)), 1, Integer::sum);
        Set<String> seen = new HashSet<>();
        for (RecordedFrame frame : trace.getFrames()) {
            String name = name(frame);
            if (isOfInterest(name) && seen.add(name)) {
                through.merge(name, 1, Integer::sum);
            }
        }
    }

    /** A thread that waits for the network is no work, though a sample finds it in native code. */
    private static boolean waits(RecordedStackTrace trace) {
        String top = name(trace.getFrames().get(0));
        return top.contains("EPoll.wait") || top.contains("park") || top.contains("SocketDispatcher.read0");
    }

    private static boolean isOfInterest(String name) {
        return name.startsWith("org.callclear.")
                || name.startsWith("org.apache.kafka.")
                || name.startsWith("org.apache.avro.")
                || name.startsWith("org.rocksdb.");
    }

    private static String shortened(@org.jspecify.annotations.Nullable String thread) {
        return thread == null ? "?" : thread.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-?", "");
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private String list(String title, Map<String, Integer> counts) {
        StringBuilder text = new StringBuilder(title + "\n");
        List<Map.Entry<String, Integer>> most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .toList();
        for (Map.Entry<String, Integer> entry : most) {
            text.append(String.format(
                    Locale.ROOT, "  %5.1f%%  %s%n", PERCENT * entry.getValue() / Math.max(1, samples), entry.getKey()));
        }
        return text.toString();
    }
}
