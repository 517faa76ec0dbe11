package org.callclear.app.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Standard output for what is no text. */
interface ByteOutput {
    /** Whether a person looks at it. */
    boolean isTerminal() throws IOException;

    /** Writes all bytes. */
    void write(byte[] bytes) throws IOException;

    /** That of this process. */
    static ByteOutput ofProcess() {
        return new ByteOutput() {
            // POSIX's test looks at the output it inherits; Java can tell only from release 22 on.
            @Override
            public boolean isTerminal() {
                try {
                    return new ProcessBuilder("test", "-t", "1")
                                    .redirectOutput(Redirect.INHERIT)
                                    .start()
                                    .waitFor()
                            == 0;
                } catch (IOException e) {
                    return true; // no such program: better to ask for a file
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return true;
                }
            }

            @Override
            @SuppressWarnings("resource") // Standard output stays open.
            public void write(byte[] bytes) throws IOException {
                new FileOutputStream(FileDescriptor.out).write(bytes);
            }
        };
    }
}
