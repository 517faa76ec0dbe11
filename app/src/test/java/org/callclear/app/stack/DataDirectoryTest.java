package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void aNewOneIsForItsOwnerOnly() throws IOException {
        try (DataDirectory data = DataDirectory.open(folder.resolve("a/b"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aSecondUserOfItIsRefusedWithTheProcessThatHasIt() {
        try (DataDirectory data = DataDirectory.open(folder)) {
            assertThatThrownBy(() -> DataDirectory.open(folder))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining(data.root().toString())
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void aClosedOneCanBeOpenedAgain() {
        DataDirectory.open(folder).close();

        try (DataDirectory again = DataDirectory.open(folder)) {
            assertThat(again.root()).isEqualTo(folder);
        }
    }

    @Test
    void aPlainFileInItsPlaceIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a directory");

        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aPlaceWhereNothingCanBeMadeIsNamed() {
        assertThatThrownBy(() -> DataDirectory.open(Path.of("/proc/callclear-data")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("/proc/callclear-data")
                .hasMessageNotContaining("\n");
    }
}
