package org.callclear.tokens;

import java.io.IOException;

/** A private key is kept with a certificate that is not its own: such a key signs no token. */
public final class ForeignCertificateException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    ForeignCertificateException(String entry, Fault fault) {
        super("'" + entry + "': its certificate " + fault.says
                + "; a key that signs tokens must have a self-signed one, and no other purpose");
        this.fault = fault;
    }

    /** What keeps a certificate from being the key's own. */
    public enum Fault {
        /** Issuer and subject differ. */
        ISSUED_BY_ANOTHER("is issued by an authority"),
        /** It may issue certificates itself (RFC 5280, 4.2.1.9). */
        OF_AN_AUTHORITY("is an authority's own"),
        /** The public key in it is another one. */
        OF_ANOTHER_KEY("is of another key"),
        /** Issuer and subject are the same, but the key has not signed it. */
        NOT_SIGNED_BY_THE_KEY("is not signed by the key itself");

        private final String says;

        Fault(String says) {
            this.says = says;
        }
    }

    /** What is wrong with the certificate. */
    public Fault fault() {
        return fault;
    }
}
