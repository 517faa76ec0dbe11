package org.callclear.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class HostAndPortTest {
    private final HostAndPort converter = new HostAndPort();

    @ParameterizedTest
    @CsvSource({"127.0.0.1:5060, 127.0.0.1, 5060", "[::1]:1, ::1, 1", "localhost:65535, localhost, 65535"})
    void aHostAndAPort(String text, String host, int port) {
        assertThat(converter.convert(text)).isEqualTo(new InetSocketAddress(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "127.0.0.1", ":5060", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "::1:5060", "a b:1"})
    void anythingElseIsRefusedWithItsText(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
