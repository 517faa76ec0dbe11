package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that once was sound, and what keeps it from starting again: each time one line that names it. */
@Tag("broker")
class DamageTest {
    @TempDir
    static Path sound;

    @TempDir
    static Path folder;

    private static String address = "";

    @BeforeAll
    static void runOnce() {
        try (EmbeddedStack stack = EmbeddedStack.start(sound, StackPorts.REMEMBERED, line -> {})) {
            address = stack.bootstrapServers();
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThat(taken.isBound()).isTrue();

            refusedNaming(sound, address);
        }
    }

    @Test
    void garbageInThePlaceOfTheMetadataIsNamedAndNotRemoved() throws IOException {
        Path data = copy("metadata");
        Path log = data.resolve("kafka/__cluster_metadata-0/00000000000000000000.log");
        Files.delete(log);
        Files.createDirectories(log);

        refusedNaming(data, log.toString());
        assertThat(log).isDirectory();
    }

    @Test
    void aDamagedDatabaseOfTheRegistryEndsTheStartWithItsLog() throws IOException {
        Path data = copy("database");
        Files.writeString(data.resolve("registry/registry.mv.db"), "no database", StandardCharsets.UTF_8);

        refusedNaming(data, data.resolve("registry").toString());
    }

    @Test
    void aDamagedAuthorityIsNamed() throws IOException {
        Path data = copy("authority");
        Path key = data.resolve("pki/ca-identity.pem");
        Files.writeString(key, "no key", StandardCharsets.UTF_8);

        refusedNaming(data, key.toString());
    }

    @Test
    void damagedTokenKeysAreNamed() throws IOException {
        Path data = copy("keys");
        Path keys = data.resolve("keys/token-keys.p12");
        Files.writeString(keys, "no keys", StandardCharsets.UTF_8);

        refusedNaming(data, keys.toString());
    }

    private static void refusedNaming(Path data, String what) {
        assertThatThrownBy(() -> EmbeddedStack.start(data, StackPorts.REMEMBERED, line -> {})
                        .close())
                .isInstanceOf(StackException.class)
                .hasMessageContaining(what)
                .hasMessageNotContaining("\n");
        DataDirectory.open(data).close();
    }

    private static Path copy(String name) throws IOException {
        Path target = folder.resolve(name);
        try (Stream<Path> walk = Files.walk(sound)) {
            for (Path path : walk.toList()) {
                Files.copy(path, target.resolve(sound.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return target;
    }
}
