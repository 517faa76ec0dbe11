package org.callclear.bench.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs PostgreSQL's programs, as a user without rights where this process is root: they refuse root. */
final class Commands {
    private final Path bin;
    private final String user;
    private final boolean root;
    private final Path folder;

    /** @param folder that the user may enter; outputs go there */
    Commands(Path bin, Path folder) {
        this.bin = bin;
        this.folder = folder;
        this.root = "root".equals(System.getProperty("user.name"));
        this.user = root ? unprivileged() : System.getProperty("user.name");
    }

    String user() {
        return user;
    }

    boolean isRoot() {
        return root;
    }

    /**
     * Runs one to its end.
     *
     * @return what it wrote
     * @throws IllegalStateException with what it said when it fails
     */
    Path run(String name, String program, List<String> arguments) {
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        try {
            Process process = new ProcessBuilder(command(program, arguments))
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(program + " ended with status " + status + ": "
                        + Files.readString(err, StandardCharsets.UTF_8).strip());
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(program + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + group(user), "--clear-groups"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    private static String unprivileged() {
        return isUser("postgres") ? "postgres" : "nobody";
    }

    private static boolean isUser(String name) {
        return !"".equals(ask("id", "-u", name));
    }

    private static String group(String user) {
        return ask("id", "-g", user);
    }

    private static String ask(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
