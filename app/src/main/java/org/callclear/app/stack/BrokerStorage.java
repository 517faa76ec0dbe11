package org.callclear.app.stack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.tools.StorageTool;

/**
 * The broker's folder. It is formatted beside its place and moved there in one step, so that it is either whole or not
 * there, whenever the process dies.
 */
final class BrokerStorage {
    private static final String META = "meta.properties";

    private final Path place;
    private final Path beside;

    /** @param place where the broker keeps its records */
    BrokerStorage(Path place) {
        this.place = place;
        this.beside = place.resolveSibling(place.getFileName() + ".formatting");
    }

    /** What {@link #make} found. */
    enum Found {
        /** Records of an earlier run. */
        KEPT,
        /** Nothing, or what an interrupted format left: it is formatted now. */
        FORMATTED
    }

    /**
     * Makes sure that the folder is whole and belongs to the cluster.
     *
     * @param settings what the broker will be told
     * @throws StackException naming the file that is damaged
     */
    Found make(String clusterId, Properties settings) {
        delete(beside);
        if (Files.exists(place) && !Files.isDirectory(place)) {
            throw new StackException(place + ": is a file, not the broker's directory");
        }
        if (Files.isDirectory(place) && !Files.exists(place.resolve(META))) {
            requireNoRecords();
            delete(place);
        }
        if (Files.exists(place)) {
            requireOurs(clusterId);
            requireUsableFiles();
            return Found.KEPT;
        }
        format(clusterId, settings);
        return Found.FORMATTED;
    }

    /** A format that was killed leaves no log of any partition; if there is one, something else took the file away. */
    private void requireNoRecords() {
        Optional<Path> records = files().stream()
                .filter(file -> file.getFileName().toString().endsWith(".log"))
                .filter(file -> file.toFile().length() > 0)
                .findFirst();
        if (records.isPresent()) {
            throw new StackException(place.resolve(META) + ": is missing, but there are records (" + records.get()
                    + "); put it back from a copy");
        }
    }

    private void requireOurs(String clusterId) {
        Path file = place.resolve(META);
        Properties meta = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            meta.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new StackException(file + ": cannot be read (" + StackException.rootOf(e) + ")", e);
        }
        require(file, meta, "version", "1");
        require(file, meta, "node.id", Integer.toString(BrokerSettings.NODE_ID));
        require(file, meta, "cluster.id", clusterId);
        String directory = meta.getProperty("directory.id", "");
        if (!directory.matches("[A-Za-z0-9_-]{22}")) {
            throw new StackException(file + ": directory.id '" + directory + "' is not a directory id");
        }
    }

    private static void require(Path file, Properties meta, String key, String wanted) {
        String found = meta.getProperty(key);
        if (!wanted.equals(found)) {
            throw new StackException(file + ": " + key + " is " + (found == null ? "missing" : "'" + found + "'")
                    + ", but must be '" + wanted + "'");
        }
    }

    /** Kafka would stop much later, and name the directory only. */
    private void requireUsableFiles() {
        for (Path file : files()) {
            String name = file.getFileName().toString();
            boolean log = name.endsWith(".log") || name.endsWith(".checkpoint") || name.endsWith("-checkpoint");
            if (Files.isDirectory(file)) {
                if (log) {
                    throw new StackException(file + ": is a directory, not a file of records");
                }
            } else if (!Files.isReadable(file) || !Files.isWritable(file)) {
                throw new StackException(file + ": not readable and writable for this user");
            }
        }
    }

    private List<Path> files() {
        try (Stream<Path> walk = Files.walk(place)) {
            return walk.filter(path -> !path.equals(place)).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new StackException(place + ": cannot be listed (" + StackException.rootOf(e) + ")", e);
        }
    }

    private void format(String clusterId, Properties settings) {
        Properties there = new Properties();
        there.putAll(settings);
        there.setProperty("log.dirs", beside.toString());
        Path file = place.resolveSibling("format.properties");
        try {
            try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                there.store(writer, null);
            }
            runStorageTool(clusterId, file);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(file);
        } catch (IOException e) {
            throw new StackException(place + ": cannot be formatted (" + StackException.rootOf(e) + ")", e);
        }
    }

    private void runStorageTool(String clusterId, Path file) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] arguments = {"format", "--cluster-id", clusterId, "--config", file.toString()};
        int status = StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (status != 0) {
            throw new StackException(place + ": cannot be formatted ("
                    + said.toString(StandardCharsets.UTF_8).strip().replaceAll("\\s*\\R\\s*", " ") + ")");
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new StackException(folder + ": cannot be removed (" + StackException.rootOf(e) + ")", e);
        }
    }
}
