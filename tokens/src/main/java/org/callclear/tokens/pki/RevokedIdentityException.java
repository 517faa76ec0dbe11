package org.callclear.tokens.pki;

import java.io.IOException;
import java.io.UncheckedIOException;

/** An identity file holds a certificate that was revoked. Nothing renews it: a new one is for people to issue. */
public final class RevokedIdentityException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    RevokedIdentityException(String why) {
        super(why, new IOException(why));
    }
}
