package org.callclear.sip.agent;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** To tags for answers that leave no trace: the same request again gets the same tag (RFC 3261, 8.2.7). On the loop only. */
final class StatelessTags {
    private static final int BYTES = 8;

    private final Mac mac;

    StatelessTags(SecureRandom random) {
        byte[] key = new byte[16];
        random.nextBytes(key);
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** The tag for a request, named by what is the same when it comes again. */
    String of(String request) {
        return HexFormat.of()
                .formatHex(Arrays.copyOf(mac.doFinal(request.getBytes(StandardCharsets.ISO_8859_1)), BYTES));
    }
}
