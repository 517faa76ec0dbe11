package org.callclear.tokens;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.testkit.tokens.TestTokens;

/** One call, the token for it, and the key of the test kit to sign others with. */
final class KnownTokens {
    static {
        AvroTrust.establish(); // terms are a record, made with its defaults
    }

    static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    static final Expected EXPECTED = new Expected(
            "clearinghouse",
            new GatewayId("zenith-gw1"),
            CallId.parse("0193a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"),
            new TransactionId("0123456789abcdef0123456789abcdef"),
            new CarrierId("acme"),
            new E164Number("4930123456"),
            new E164Number("442079460000"));
    static final Claims CLAIMS = TestTokens.claims(EXPECTED, new CarrierId("zenith"), NOW);
    static final String TOKEN = TestTokens.sign(CLAIMS);

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final byte[] SEED = new byte[Ed25519PrivateKeyParameters.KEY_SIZE];

    static {
        Arrays.fill(SEED, (byte) 0x2a);
    }

    private static final Ed25519PrivateKeyParameters KEY = new Ed25519PrivateKeyParameters(SEED, 0);

    private KnownTokens() {}

    /** A token with any bytes for claims, signed as the test kit does, by a provider that is fast enough to fuzz with. */
    static String sign(byte[] claims) {
        String header = "{\"alg\":\"EdDSA\",\"kid\":\"" + TestTokens.KEY_ID + "\",\"typ\":\"callclear+jwt\"}";
        String input = BASE64URL.encodeToString(header.getBytes(StandardCharsets.US_ASCII)) + "."
                + BASE64URL.encodeToString(claims);
        byte[] message = input.getBytes(StandardCharsets.US_ASCII);
        byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
        KEY.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return input + "." + BASE64URL.encodeToString(signature);
    }
}
