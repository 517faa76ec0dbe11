package org.callclear.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementFileTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "acme-2026-11-1, acme-2026-11-1.pdf",
        "acme-2026-11@Europe/Berlin-7, acme-2026-11_Europe_Berlin-7.pdf",
        "../../etc/passwd, .._.._etc_passwd.pdf"
    })
    void inADirectoryAFileIsNamedForItsStatement(String id, String name) {
        assertThat(StatementFile.at(folder.toString(), StatementForm.pdf.fileName(id), false))
                .isEqualTo(folder.resolve(name));
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyByForce() throws IOException {
        Path file = Files.writeString(folder.resolve("a.pdf"), "old");

        assertThatThrownBy(() -> StatementFile.at(file.toString(), "usual", false))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("--force");
        assertThatThrownBy(() -> StatementFile.write(CONTENT, file, false)).isInstanceOf(IOException.class);
        assertThat(file).hasContent("old");

        StatementFile.write(CONTENT, StatementFile.at(file.toString(), "usual", true), true);
        assertThat(file).hasContent("content");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> StatementFile.at(folder.resolve("none/a.pdf").toString(), "usual", false))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("none");
    }

    @ParameterizedTest
    @EnumSource(StatementForm.class)
    void aTerminalGetsOnlyText(StatementForm form) {
        StatementFile onTerminal = new StatementFile(output(true));

        if (form == StatementForm.json || form == StatementForm.csv) {
            assertThatCode(() -> onTerminal.mayPrint(form)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> onTerminal.mayPrint(form)).isInstanceOf(CommandException.class);
        }
        assertThatCode(() -> new StatementFile(output(false)).mayPrint(form)).doesNotThrowAnyException();
    }

    @Test
    void theCommandLooksAtTheFileBeforeItLooksForTheStatement() throws IOException {
        Path file = Files.writeString(folder.resolve("a.pdf"), "old");
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err));

        int code = Callclear.with(terminal, new ByteArrayInputStream(new byte[0]), running -> {}, Clock.systemUTC())
                .execute("statement", "export", "acme-2026-11-1", "--format", "pdf", "--output", file.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("a.pdf").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"newdir/", "newdir/.", "a.pdf/"})
    void aFolderThatIsNotThereIsNotTakenForAFile(String output) throws IOException {
        Files.writeString(folder.resolve("a.pdf"), "old");
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err));

        int code = Callclear.with(terminal, new ByteArrayInputStream(new byte[0]), running -> {}, Clock.systemUTC())
                .execute("statement", "export", "acme-2026-11-1", "--force", "--output", folder + "/" + output);

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains("--output '" + folder + "/" + output + "'")
                .hasLineCount(1);
    }

    private static ByteOutput output(boolean terminal) {
        return new ByteOutput() {
            @Override
            public boolean isTerminal() {
                return terminal;
            }

            @Override
            public void write(byte[] bytes) {
                throw new AssertionError("not asked for");
            }
        };
    }
}
