package org.callclear.app.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A public key as PEM (RFC 7468). */
final class Pem {
    private static final int LINE = 64;

    private Pem() {}

    /** The text, with a line feed at its end. */
    static String of(ByteBuffer subjectPublicKeyInfo) {
        byte[] der = new byte[subjectPublicKeyInfo.remaining()];
        subjectPublicKeyInfo.duplicate().get(der);
        String text = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n";
    }
}
