package org.callclear.tokens.pki;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Swollen;
import org.callclear.schemas.topics.Party;

/**
 * A request for a certificate (PKCS#10 in PEM) that somebody sends: the key that signed it is taken, for exactly the
 * party that it is asked for, or it is refused in one line that begins with what is at fault.
 */
public final class CertificateRequestFuzz {
    /** A little more than is read of a file. */
    private static final int LONGEST = 20_000;

    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final Subject PROGRAM = Subject.of(Party.parse("proxy.acme"));
    private static final Subject PERSON = Subject.person(Party.parse("operations"), "alice");
    private static final Subject SERVER = Subject.broker(List.of("kafka.example", "127.0.0.1"));

    private static final Ed25519PrivateKeyParameters SECRET = new Ed25519PrivateKeyParameters(new byte[32]);
    private static final byte[] ALGORITHM = der(0x30, new byte[] {6, 3, 0x2b, 0x65, 0x70});
    private static final byte[] KEY = der(
            0x30, ALGORITHM, der(0x03, new byte[1], SECRET.generatePublicKey().getEncoded()));

    private static final Pattern REFUSAL = Pattern.compile("(request|key|RSA|signature|subject|requested)\\b.*: .+");

    private CertificateRequestFuzz() {}

    /**
     * The file; or, behind a byte {@code p}, {@code a} or {@code b}, a subject and attributes in DER that are made a
     * request here and signed, so that what stands behind the signature is reached: for a program, a person, a broker.
     */
    public static void fuzzerTestOneInput(byte[] data) {
        switch (data.length == 0 ? 0 : data[0]) {
            case 'p' -> signed(PROGRAM, data);
            case 'a' -> signed(PERSON, data);
            case 'b' -> signed(SERVER, data);
            default -> ask(PROGRAM, Swollen.of(data, LONGEST));
        }
    }

    private static void signed(Subject subject, byte[] data) {
        Object outcome = ask(subject, pem(Swollen.of(Arrays.copyOfRange(data, 1, data.length), LONGEST)));
        if (outcome instanceof PublicKey key) {
            Holds.that(Arrays.equals(key.getEncoded(), KEY), "another key than the one that signed");
            String asked = new String(data, StandardCharsets.ISO_8859_1);
            Holds.that(asked.contains(subject.commonName()), "a party that the request does not name");
            Holds.that(asked.contains(subject.person()), "a person that the request does not name");
        }
    }

    /** The key, or the refusal. */
    private static Object ask(Subject subject, byte[] pem) {
        Object outcome = Cost.bounded(pem.length, () -> keyOf(subject, pem));
        if (outcome instanceof IllegalArgumentException refusal) {
            String why = String.valueOf(refusal.getMessage());
            Holds.that(
                    REFUSAL.matcher(why).matches() && why.length() < 1_000,
                    () -> "a refusal that is not one line naming what is at fault: " + why);
        }
        return outcome;
    }

    private static Object keyOf(Subject subject, byte[] pem) {
        try {
            return CertificateRequest.keyOf(pem, subject, PROVIDER);
        } catch (IllegalArgumentException refusal) {
            return refusal;
        }
    }

    private static byte[] pem(byte[] content) {
        int subject = firstElement(content);
        byte[] information = der(
                0x30,
                new byte[] {2, 1, 0},
                Arrays.copyOf(content, subject),
                KEY,
                Arrays.copyOfRange(content, subject, content.length));
        byte[] request = der(0x30, information, ALGORITHM, der(0x03, new byte[1], sign(information)));
        return ("-----BEGIN CERTIFICATE REQUEST-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request)
                        + "\n-----END CERTIFICATE REQUEST-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sign(byte[] information) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, SECRET);
        signer.update(information, 0, information.length);
        return signer.generateSignature();
    }

    /** How long the first element says that it is, within what is there; all of it where it does not say. */
    private static int firstElement(byte[] content) {
        if (content.length < 2 || content[1] == (byte) 0x80) {
            return content.length;
        }
        int bytes = content[1] < 0 ? content[1] & 0x7F : 0;
        long length = bytes == 0 ? content[1] : 0;
        for (int i = 2; i < 2 + bytes && i < content.length && length < LONGEST; i++) {
            length = (length << 8) | (content[i] & 0xFF);
        }
        return (int) Math.min(content.length, 2 + bytes + length);
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.size() < 0x80) {
            element.write(content.size());
        } else {
            element.write(0x82);
            element.write(content.size() >> 8);
            element.write(content.size());
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
