package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackSettingsTest {
    @TempDir
    Path folder;

    private DataDirectory data;

    private final AtomicInteger last = new AtomicInteger(21_000);
    private final IntSupplier free = last::incrementAndGet;

    @BeforeEach
    void open() {
        data = DataDirectory.open(folder);
    }

    @AfterEach
    void close() {
        data.close();
    }

    @Test
    void chosenPortsAndTheClusterAreKept() {
        StackSettings first = StackSettings.in(data, StackPorts.REMEMBERED, free);

        assertThat(StackSettings.in(data, StackPorts.REMEMBERED, free)).isEqualTo(first);
    }

    @Test
    void anAskedForPortWinsAndIsKeptFromThenOn() {
        StackSettings first = StackSettings.in(data, StackPorts.REMEMBERED, free);
        StackSettings.in(data, new StackPorts(9999, 0), free);

        assertThat(StackSettings.in(data, StackPorts.REMEMBERED, free))
                .isEqualTo(new StackSettings(first.clusterId(), 9999, first.controller(), first.registry()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0000\u0001garbage",
                "cluster.id=no\nkafka.port=1\n",
                "cluster.id=MkU3OEVBNTcwNTJENDM2Qk\nkafka.port=99999\n",
                "cluster.id=MkU3OEVBNTcwNTJENDM2Qk\nkafka.port=-1\n",
                "cluster.id=MkU3OEVBNTcwNTJENDM2Qk\nkafka.port=5000\ncontroller.port=5000\nregistry.port=5001\n",
                "cluster.id=\\u00zz\n"
            })
    void aDamagedFileIsNamedAndLeftAsItIs(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("stack.properties"), content);

        assertThatThrownBy(() -> StackSettings.in(data, StackPorts.REMEMBERED, free))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent(content);
    }
}
