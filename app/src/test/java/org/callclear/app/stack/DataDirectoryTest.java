package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwxrwxrwx", "rwx--x--x", "rwxrwx---"})
    void oneThatOthersMayLookIntoIsClosedToThem(String rights) throws IOException {
        Path loose = loose(rights);
        Files.writeString(loose.resolve("up.log"), "started");

        DataDirectory.open(loose).close();

        assertThat(rights(loose)).isEqualTo("rwx------");
        assertThat(loose).isDirectoryNotContaining("glob:**.probe");
    }

    @Test
    void oneFromBeforeThatWasOpenedToOthersIsClosedAgain() throws IOException {
        Path used = loose("rwx------");
        DataDirectory.open(used).close();
        Files.createDirectory(used.resolve("kafka"));
        Files.setPosixFilePermissions(used, PosixFilePermissions.fromString("rwxr-xr-x"));

        DataDirectory.open(used).close();

        assertThat(rights(used)).isEqualTo("rwx------");
    }

    @Test
    void aFolderThatIsPlainlySomethingElseIsRefusedAndLeftAsItIs() throws IOException {
        Path home = loose("rwxr-xr-x");
        Files.createDirectory(home.resolve("Documents"));

        refused(home);

        assertThat(rights(home)).isEqualTo("rwxr-xr-x");
        assertThat(home.resolve("lock")).doesNotExist();
    }

    @Test
    void anOpenFolderOfSomebodyElseIsRefusedAndLeftAsItIs() throws IOException {
        Path theirs = loose("rwxrwxrwx");
        assumeTrue(givenAway(theirs), "only root may give a folder away");

        refused(theirs);

        assertThat(rights(theirs)).isEqualTo("rwxrwxrwx");
    }

    private static void refused(Path data) {
        assertThatThrownBy(() -> DataDirectory.open(data))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(data.toString())
                .hasMessageNotContaining("\n");
    }

    private Path loose(String rights) throws IOException {
        Path made = Files.createDirectory(folder.resolve("data"));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(rights));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static boolean givenAway(Path path) {
        try {
            Files.setAttribute(path, "unix:uid", 65_534);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
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
