package org.callclear.bench.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.callclear.bench.sql.Script;

/**
 * A PostgreSQL server on a Unix socket in a folder of its own. It is set up to be quick at what it is asked here: no
 * syncing, memory for its hashes, as many workers as there are processors.
 */
public final class PostgresServer implements AutoCloseable {
    private static final List<String> OPTIONS = List.of(
            "listen_addresses=",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "wal_level=minimal",
            "max_wal_senders=0",
            "max_wal_size=4GB",
            "checkpoint_timeout=30min",
            "autovacuum=off",
            "shared_buffers=512MB",
            "work_mem=256MB",
            "maintenance_work_mem=256MB",
            "max_worker_processes=4",
            "max_parallel_workers=2",
            "max_parallel_workers_per_gather=2",
            "jit=off",
            // With several columns in a join the planner takes the rows for too few, and its nested loops never end.
            "enable_nestloop=off");

    private final Commands commands;
    private final Path folder;

    private PostgresServer(Commands commands, Path folder) {
        this.commands = commands;
        this.folder = folder;
    }

    /** The settings that differ from the defaults. */
    public static List<String> options() {
        return OPTIONS;
    }

    /**
     * Makes a database and starts its server.
     *
     * @param bin PostgreSQL's folder of programs
     * @param folder made here; short, for a socket's path may not be long
     */
    public static PostgresServer start(Path bin, Path folder) {
        Commands commands = new Commands(bin, folder);
        giveAway(folder, commands);
        Path data = folder.resolve("data");
        commands.run(
                "initdb",
                "initdb",
                List.of("-D", data.toString(), "-A", "trust", "-U", "bench", "-E", "UTF8", "--locale=C", "-N"));
        StringBuilder options = new StringBuilder("-k " + folder);
        OPTIONS.forEach(option -> options.append(" -c ").append(option.endsWith("=") ? option + "''" : option));
        commands.run(
                "start",
                "pg_ctl",
                List.of(
                        "-D",
                        data.toString(),
                        "-w",
                        "-l",
                        folder.resolve("server.log").toString(),
                        "-o",
                        options.toString(),
                        "start"));
        return new PostgresServer(commands, folder);
    }

    /** Runs what every database is asked. */
    void run(Script script) {
        run(script.file(), script.text(), Map.of());
    }

    /**
     * Runs one of the scripts beside this class.
     *
     * @param variables of psql
     * @return what it wrote
     */
    Path run(String script, Map<String, String> variables) {
        try (InputStream text = Objects.requireNonNull(PostgresServer.class.getResourceAsStream(script), script)) {
            return run(script, new String(text.readAllBytes(), StandardCharsets.UTF_8), variables);
        } catch (IOException e) {
            throw new UncheckedIOException(script + ": cannot be read", e);
        }
    }

    private Path run(String name, String text, Map<String, String> variables) {
        Path file = folder.resolve(name);
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
        List<String> arguments = new ArrayList<>(
                List.of("-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", folder.toString(), "-U", "bench", "-d", "postgres"));
        variables.forEach((variable, value) -> arguments.addAll(List.of("-v", variable + "=" + value)));
        arguments.addAll(List.of("-f", file.toString()));
        return commands.run(name, "psql", arguments);
    }

    private static void giveAway(Path folder, Commands commands) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            if (commands.isRoot()) {
                Files.setOwner(
                        folder,
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(commands.user()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be given to " + commands.user(), e);
        }
    }

    @Override
    public void close() {
        commands.run("stop", "pg_ctl", List.of("-D", folder.resolve("data").toString(), "-m", "immediate", "stop"));
    }
}
