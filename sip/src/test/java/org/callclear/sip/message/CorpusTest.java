package org.callclear.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages in files, each named for its lie. */
class CorpusTest {
    static List<Path> answered() throws Exception {
        return shelf("answered");
    }

    static List<Path> dropped() throws Exception {
        return shelf("dropped");
    }

    static List<Path> whole() throws Exception {
        return shelf("whole");
    }

    @ParameterizedTest
    @MethodSource("answered")
    void aFaultyRequestIsToldItsStatus(Path file) throws IOException {
        Decoded decoded = SipCodec.STRICT.decode(Files.readAllBytes(file));

        assertThat(decoded).isInstanceOf(Decoded.Faulty.class);
        int wanted = Integer.parseInt(name(file).substring(0, 3));
        assertThat(((Decoded.Faulty) decoded).status()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @MethodSource("dropped")
    void whatCannotBeAnsweredIsDropped(Path file) throws IOException {
        assertThat(SipCodec.STRICT.decode(Files.readAllBytes(file))).isInstanceOf(Decoded.Unreadable.class);
    }

    @ParameterizedTest
    @MethodSource("whole")
    void anUnusualRequestIsReadWhole(Path file) throws IOException {
        SipRequest request = request(Files.readAllBytes(file));

        assertThat(Objects.requireNonNull(SipUri.of(request.uri())).user()).isEqualTo("+4940123");
        assertThat(request.core().from().target().user()).isEqualTo("+4930");
        assertThat(request.core().from().tag()).isEqualTo("f1");
        assertThat(request.core().via().branch()).isEqualTo("z9hG4bKa1");
        assertThat(request.body()).isIn("", "v=0\r\n");
    }

    @ParameterizedTest
    @MethodSource("whole")
    void whatIsWrittenIsReadAgainTheSame(Path file) throws IOException {
        SipRequest request = request(Files.readAllBytes(file));

        byte[] written = SipCodec.STRICT.encode(request);

        assertThat(SipCodec.STRICT.encode(request(written))).isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("whole")
    void aMessageCutAnywhereNeverBreaksTheReader(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);

            assertThat(SipCodec.STRICT.decode(cut)).as("first %d bytes", length).isNotNull();
        }
    }

    @Test
    void lineEndsAloneAreAKeepAlive() {
        assertThat(SipCodec.STRICT.decode("\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(Decoded.KeepAlive.class);
    }

    private static SipRequest request(byte[] bytes) {
        Decoded decoded = SipCodec.STRICT.decode(bytes);
        assertThat(decoded).isInstanceOf(Decoded.Whole.class);
        return (SipRequest) ((Decoded.Whole) decoded).message();
    }

    private static List<Path> shelf(String name) throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(CorpusTest.class.getResource("/corpus/" + name))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String name(Path file) {
        return file.getName(file.getNameCount() - 1).toString();
    }
}
