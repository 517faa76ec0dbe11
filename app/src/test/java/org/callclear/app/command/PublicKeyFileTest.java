package org.callclear.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicKeyFileTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatIsThereBecomesAnotherKeyOnlyByForce() throws Exception {
        Path file = folder.resolve("key.pem");

        PublicKeyFile.write(file, "one", false);
        assertThatCode(() -> PublicKeyFile.write(file, "one", false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> PublicKeyFile.write(file, "other", false))
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll(file.toString(), "--force");
        assertThat(file).hasContent("one");

        PublicKeyFile.write(file, "other", true);
        assertThat(file).hasContent("other");
    }

    @Test
    void aFolderIsNoFile() throws Exception {
        Path taken = Files.createDirectory(folder.resolve("keys"));

        for (boolean force : new boolean[] {true, false}) {
            assertThatThrownBy(() -> PublicKeyFile.write(taken, "one", force))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining(taken.toString());
        }
    }
}
