package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir
    Path temporary;

    @Test
    void aNewDirectoryIsItsOwnersAlone() throws IOException {
        Path path = temporary.resolve("a").resolve("state");

        take(path).close();

        assertThat(rights(path)).isEqualTo("rwx------");
    }

    @Test
    void anEmptyDirectoryWithLooserRightsIsTightened() throws IOException {
        Path path = loose("state");

        take(path).close();

        assertThat(rights(path)).isEqualTo("rwx------");
    }

    @Test
    void aDirectoryOfAnEarlierRunIsTightenedAndKeepsItsName() throws IOException {
        Path path = temporary.resolve("state");
        StateDirectory before = take(path);
        before.close();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));

        StateDirectory after = take(path);
        after.close();

        assertThat(after.instance()).isEqualTo(before.instance());
        assertThat(rights(path)).isEqualTo("rwx------");
    }

    @Test
    void aDirectoryThatOthersUseIsLeftAlone() throws IOException {
        Path path = loose("shared");
        Files.createFile(path.resolve("something"));

        assertThatThrownBy(() -> take(path)).isInstanceOf(IllegalStateException.class);
        assertThat(rights(path)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void aDirectoryIsTakenOnce() {
        Path path = temporary.resolve("state");
        try (StateDirectory taken = take(path)) {
            assertThat(taken.instance()).hasSize(16);
            assertThatThrownBy(() -> take(path)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static StateDirectory take(Path path) {
        return StateDirectory.take(path, new Random());
    }

    private Path loose(String name) throws IOException {
        Path path = Files.createDirectory(temporary.resolve(name));
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
