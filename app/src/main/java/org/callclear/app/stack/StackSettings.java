package org.callclear.app.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.function.IntSupplier;
import org.apache.kafka.common.Uuid;

/**
 * What a data directory must remember so that configurations written for it stay valid.
 *
 * @param clusterId Kafka's id of the cluster
 * @param kafka port of the broker
 * @param controller port of the broker's controller
 * @param registry port of the schema registry
 */
record StackSettings(String clusterId, int kafka, int controller, int registry) {
    private static final String FILE = "stack.properties";
    private static final String CLUSTER_ID = "cluster.id";
    private static final String KAFKA = "kafka.port";
    private static final String CONTROLLER = "controller.port";
    private static final String REGISTRY = "registry.port";

    /**
     * What the directory remembers, or new settings; with the ports asked for. The result is written down.
     *
     * @param free finds ports nobody listens on
     * @throws StackException when the file there is damaged
     */
    static StackSettings in(DataDirectory data, StackPorts asked, IntSupplier free) {
        Path file = data.resolve(FILE);
        Properties remembered = read(file);
        StackSettings settings = new StackSettings(
                clusterId(file, remembered),
                port(file, remembered, KAFKA, asked.kafka(), free),
                port(file, remembered, CONTROLLER, 0, free),
                port(file, remembered, REGISTRY, asked.registry(), free));
        settings.requireDifferent(file);
        settings.write(file);
        return settings;
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new StackException(file + ": cannot be read (" + StackException.rootOf(e) + ")", e);
            }
            if (properties.isEmpty()) {
                throw new StackException(file + ": is empty; it should hold " + CLUSTER_ID + " and the ports");
            }
        }
        return properties;
    }

    private static String clusterId(Path file, Properties remembered) {
        String text = remembered.getProperty(CLUSTER_ID);
        if (remembered.isEmpty()) {
            return Uuid.randomUuid().toString();
        }
        try {
            Uuid.fromString(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new StackException(file + ": " + CLUSTER_ID + " '" + text + "' is not a cluster id", e);
        }
        return String.valueOf(text);
    }

    private static int port(Path file, Properties remembered, String key, int asked, IntSupplier free) {
        if (asked != 0) {
            return asked;
        }
        String text = remembered.getProperty(key);
        if (text == null) {
            return free.getAsInt();
        }
        if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65_535) {
            throw new StackException(file + ": " + key + " '" + text + "' must be 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    private void requireDifferent(Path file) {
        if (kafka == controller || kafka == registry || controller == registry) {
            throw new StackException(file + ": the ports must differ (kafka " + kafka + ", controller " + controller
                    + ", registry " + registry + ")");
        }
    }

    private void write(Path file) {
        Properties properties = new Properties();
        properties.setProperty(CLUSTER_ID, clusterId);
        properties.setProperty(KAFKA, Integer.toString(kafka));
        properties.setProperty(CONTROLLER, Integer.toString(controller));
        properties.setProperty(REGISTRY, Integer.toString(registry));
        Path fresh = file.resolveSibling(FILE + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
                properties.store(writer, "Chosen once and kept, so that configurations stay valid");
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackException(file + ": cannot be written (" + StackException.rootOf(e) + ")", e);
        }
    }
}
