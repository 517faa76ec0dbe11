package org.callclear.bench.steady;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Asks a running virtual machine, with the tool of this program's own JDK. */
record Jcmd(long id) {
    /** What is alive after a full collection, and another one: the first lets go of what waits for its end. */
    LiveObjects liveObjects() throws IOException, InterruptedException {
        ask("GC.run");
        return LiveObjects.of(ask("GC.class_histogram"));
    }

    private String ask(String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(id), what)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + id + " " + what + ": " + said.strip());
        }
        return said;
    }
}
