package org.callclear.sip.digest;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Swollen;
import org.callclear.sip.message.Decoded;
import org.callclear.sip.message.SipCodec;
import org.callclear.sip.message.SipRequest;

/**
 * An Authorization field from anybody: nobody is known without the password, whatever the field says. {@code $NONCE} in
 * an input stands for a good nonce.
 */
public final class DigestFuzz {
    private static final String NONCE = "$NONCE";
    private static final int LONGEST = 8_000;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);
    private static final DigestGate GATE = new DigestGate(
            "acme.example",
            user -> user.equals("alice") ? Optional.of("correct horse battery staple") : Optional.empty(),
            CLOCK,
            new SecureRandom(),
            Duration.ofMinutes(5));

    private DigestFuzz() {}

    /** The field's value. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(Swollen.of(data, LONGEST), StandardCharsets.ISO_8859_1);
        Optional<AuthFields> fields = Cost.bounded(text.length(), () -> Optional.ofNullable(AuthFields.of(text)));
        fields.ifPresent(read -> Holds.that(
                text.length() <= 4_096 && text.toLowerCase(Locale.ROOT).startsWith("digest "), "no Digest"));
        if (!(GATE.check(request("")) instanceof DigestGate.Verdict.Unproven asked)) {
            throw new AssertionError("known without a word");
        }
        String challenge = GATE.challenges(asked).getFirst();
        int begin = challenge.indexOf("nonce=\"") + 7;
        String nonce = challenge.substring(begin, challenge.indexOf('"', begin));
        String value = text.replace(NONCE, nonce);
        Optional<SipRequest> request = read(value);
        if (request.isPresent() && GATE.check(request.get()) instanceof DigestGate.Verdict.Known known) {
            throw new AssertionError("taken for " + known.user() + " without the password: " + value);
        }
    }

    private static SipRequest request(String authorization) {
        return read(authorization).orElseThrow(() -> new AssertionError("the request itself cannot be read"));
    }

    private static Optional<SipRequest> read(String authorization) {
        String text = "INVITE sip:+4930123456@acme.example SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:alice@acme.example>;tag=1\r\n"
                + "To: <sip:+4930123456@acme.example>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n"
                + "Contact: <sip:alice@192.0.2.1>\r\n"
                + (authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n") + "\r\n";
        return SipCodec.STRICT.decode(text.getBytes(StandardCharsets.ISO_8859_1)) instanceof Decoded.Whole whole
                        && whole.message() instanceof SipRequest request
                ? Optional.of(request)
                : Optional.empty();
    }
}
