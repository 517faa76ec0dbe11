package org.callclear.sip.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.callclear.sip.message.Decoded;
import org.callclear.sip.message.SipCodec;
import org.callclear.sip.message.SipMessage;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipResponse;
import org.callclear.sip.message.SipUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every torture message through the reader alone. */
class CodecTortureTest {
    static List<TortureMessage> all() throws IOException {
        return Stream.concat(TortureMessage.shelf("rfc4475").stream(), TortureMessage.shelf("rfc5118").stream())
                .toList();
    }

    @Test
    void noMessageOfTheRfcsIsMissing() throws IOException {
        assertThat(TortureMessage.shelf("rfc4475").stream()
                        .map(TortureMessage::section)
                        .distinct())
                .hasSize(49);
        assertThat(TortureMessage.shelf("rfc5118").stream()
                        .map(TortureMessage::section)
                        .distinct())
                .hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theReaderMakesOfItWhatTheManifestSays(TortureMessage message) throws IOException {
        Decoded decoded = decode(message);

        assertThat(said(decoded)).isEqualTo(message.codec());
        if (decoded instanceof Decoded.Whole whole) {
            message.read()
                    .forEach((what, wanted) -> assertThat(read(whole.message(), what, wanted))
                            .as(what)
                            .isEqualTo(wanted));
        }
    }

    /** What is written again is the same message, so nothing was lost or made up in between. */
    @ParameterizedTest
    @MethodSource("all")
    void whatWasReadWholeIsWrittenWhole(TortureMessage message) throws IOException {
        if (decode(message) instanceof Decoded.Whole whole) {
            byte[] written = SipCodec.STRICT.encode(whole.message());
            Decoded again = SipCodec.STRICT.decode(written);

            assertThat(again).isInstanceOf(Decoded.Whole.class);
            assertThat(SipCodec.STRICT.encode(((Decoded.Whole) again).message()))
                    .isEqualTo(written);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void noPieceOfItBreaksTheReader(TortureMessage message) throws IOException {
        byte[] bytes = message.text(5060).getBytes(StandardCharsets.ISO_8859_1);
        for (int length = 0; length < bytes.length; length += 1 + length / 300) {
            assertThat(SipCodec.STRICT.decode(Arrays.copyOf(bytes, length))).isNotNull();
            assertThat(SipCodec.STRICT.decode(Arrays.copyOfRange(bytes, length, bytes.length)))
                    .isNotNull();
        }
    }

    private static Decoded decode(TortureMessage message) throws IOException {
        return SipCodec.STRICT.decode(message.text(5060).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String said(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Whole whole ->
                switch (whole.message()) {
                    case SipRequest request -> "whole:" + request.method();
                    case SipResponse response -> "whole:" + response.status();
                };
            case Decoded.Faulty faulty -> "faulty:" + faulty.status();
            case Decoded.Unreadable unreadable -> "unreadable";
            case Decoded.KeepAlive nothing -> "keep-alive";
        };
    }

    /** What the reader found; what is not for the reader is as wanted. */
    private static String read(SipMessage message, String what, String wanted) {
        return switch (what) {
            case "called", "user" -> uri(message).user();
            case "host" -> uri(message).host();
            case "port" -> Integer.toString(uri(message).port());
            case "from" -> message.core().from().target().user();
            case "branch" -> message.core().via().branch();
            case "sent-by" ->
                message.core().via().host() + "," + message.core().via().port();
            case "received" -> String.valueOf(message.core().via().params().get("received"));
            case "vias" -> Integer.toString(message.headers().all("Via").size());
            case "length" -> Integer.toString(message.body().length());
            case "body" ->
                message.body().startsWith("v=0\r\n") && message.body().endsWith("\r\n") ? "sdp" : "none";
            default -> wanted;
        };
    }

    private static SipUri uri(SipMessage message) {
        return Objects.requireNonNull(SipUri.of(((SipRequest) message).uri()));
    }
}
