package org.callclear.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Swollen;

/**
 * A datagram from anybody: the codec always has an answer; what it read and writes is read as the same; nothing it
 * answers has more lines than it means; URIs and addresses come back as they went.
 */
public final class SipMessageFuzz {
    /** Less than the codec reads by those that an answer adds. */
    private static final int FEW_FIELDS = 190;

    private SipMessageFuzz() {}

    /** One datagram. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] bytes = Swollen.of(data, StrictCodec.LONGEST_MESSAGE);
        switch (Cost.bounded(bytes.length, () -> SipCodec.STRICT.decode(bytes))) {
            case Decoded.Whole whole -> checkWhole(whole.message());
            case Decoded.Faulty faulty -> checkFaulty(faulty);
            case Decoded.Unreadable unreadable -> Holds.that(Header.isClean(unreadable.why()), "control in a reason");
            case Decoded.KeepAlive keepAlive ->
                Holds.that(new String(bytes, StandardCharsets.ISO_8859_1).isBlank(), "a message taken for none");
        }
    }

    private static void checkWhole(SipMessage message) {
        byte[] written = SipCodec.STRICT.encode(message);
        if (written.length > StrictCodec.LONGEST_MESSAGE
                || fields(message.headers()).size() > FEW_FIELDS) {
            return; // compact forms were written long, or the length is one field more than may be
        }
        SipMessage again = whole(written);
        checkSame(message, again);
        Holds.same(text(written), text(SipCodec.STRICT.encode(again)), "written twice");
        for (Header field : message.headers()) {
            Holds.that(Header.isClean(field.value()), "control character in a value");
            checkAddress(field.value());
            checkUri(field.value());
        }
        for (String name : List.of("Require", "Supported", "Route", "Record-Route", "Contact")) {
            message.headers().list(name).forEach(e -> Holds.that(!e.isEmpty(), "empty element"));
        }
        if (message instanceof SipRequest request) {
            checkUri(request.uri());
            checkResponse(request);
        }
    }

    private static void checkSame(SipMessage one, SipMessage other) {
        Holds.same(one.startLine(), other.startLine(), "start line");
        Holds.same(one.body(), other.body(), "body");
        Holds.same(fields(one.headers()), fields(other.headers()), "header fields");
        Holds.same(shown(one.core()), shown(other.core()), "core");
    }

    /** What this edge answers to it must be a message too, of the same transaction. */
    private static void checkResponse(SipRequest request) {
        SipResponse response = SipResponse.to(request, 200, "OK", "t1", Headers.NONE, "");
        byte[] written = SipCodec.STRICT.encode(response);
        if (written.length > StrictCodec.LONGEST_MESSAGE
                || !(SipCodec.STRICT.decode(written) instanceof Decoded.Whole)) {
            // The tag may make a field too long to read; nothing else may.
            Holds.that(longest(response.headers()) > 8_000 || written.length > 32_000, "an answer that cannot be read");
            return;
        }
        checkSame(response, whole(written));
        Holds.that(!response.core().to().tag().isEmpty(), "an answer without a tag");
        Holds.same(request.headers().all("Via"), response.headers().all("Via"), "Via");
    }

    private static void checkFaulty(Decoded.Faulty faulty) {
        Holds.that(List.of(400, 505, 513).contains(faulty.status()), "status " + faulty.status());
        Holds.that(Header.isClean(faulty.reason()) && !faulty.method().equals("ACK"), "a reason or an ACK");
        String answer = text(SipCodec.answer(faulty, "t1", "callclear"));
        Holds.that(answer.endsWith("Content-Length: 0\r\n\r\n"), "an answer with a body");
        Holds.that(answer.indexOf("\r\n\r\n") == answer.length() - 4, "an answer that ends early");
        long lines = answer.chars().filter(c -> c == '\n').count();
        long meant = 4;
        for (String name : List.of("Via", "From", "To", "Call-ID", "CSeq")) {
            meant += faulty.headers().all(name).size();
        }
        Holds.same(meant, lines, "lines of an answer");
    }

    private static void checkAddress(String value) {
        Address address = Address.of(value);
        if (address == null) {
            return;
        }
        Address again = Address.of(address.toString());
        Holds.that(again != null, () -> "no address any more: " + address);
        if (again != null) {
            Holds.same(address.toString(), again.toString(), "address");
            Holds.same(address.uri(), again.uri(), "URI of an address");
            Holds.same(address.tag(), again.tag(), "tag of an address");
        }
    }

    private static void checkUri(String value) {
        SipUri uri = SipUri.of(value);
        if (uri == null || uri.user().isEmpty()) {
            return;
        }
        Holds.that(uri.user().chars().noneMatch(c -> c < ' ' || c == 0x7f), "control character in a user");
        SipUri again = SipUri.of("sip:" + SipUri.encodeUser(uri.user()) + "@host.example");
        Holds.same(uri.user(), again == null ? null : again.user(), "user of a URI");
    }

    private static SipMessage whole(byte[] bytes) {
        Decoded decoded = SipCodec.STRICT.decode(bytes);
        if (decoded instanceof Decoded.Whole whole) {
            return whole.message();
        }
        throw new AssertionError("what was written cannot be read: " + decoded + " " + text(bytes));
    }

    private static List<String> fields(Headers headers) {
        List<String> fields = new ArrayList<>();
        for (Header field : headers) {
            if (!field.name().equals("Content-Length")) {
                fields.add(field.name() + ": " + field.value());
            }
        }
        return fields;
    }

    private static int longest(Headers headers) {
        int longest = 0;
        for (Header field : headers) {
            longest = Math.max(longest, field.value().length());
        }
        return longest;
    }

    private static String shown(Core core) {
        return core.via() + " " + core.from() + " " + core.to() + " " + core.callId() + " " + core.cseq();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
