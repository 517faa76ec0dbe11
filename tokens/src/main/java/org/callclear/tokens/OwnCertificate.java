package org.callclear.tokens;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.callclear.tokens.ForeignCertificateException.Fault;

/**
 * The certificate that a signing key is kept with only carries its time, and must be the key's own. One that some
 * authority issued has another purpose, such as being a party on Kafka: whoever may hand out those must not thereby say
 * who signs tokens.
 */
final class OwnCertificate {
    private OwnCertificate() {}

    /**
     * Refuses all but a certificate of the key, by the key, for itself, that is no authority's.
     *
     * @param entry what the key is called where it is kept, for messages
     * @param publicKey SubjectPublicKeyInfo of the private key
     */
    static void require(String entry, X509Certificate certificate, byte[] publicKey) throws IOException {
        X509CertificateHolder holder = holder(entry, certificate);
        if (!holder.getIssuer().equals(holder.getSubject())) {
            throw new ForeignCertificateException(entry, Fault.ISSUED_BY_ANOTHER);
        }
        if (certificate.getBasicConstraints() >= 0) {
            throw new ForeignCertificateException(entry, Fault.OF_AN_AUTHORITY);
        }
        if (!Arrays.equals(holder.getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER), publicKey)) {
            throw new ForeignCertificateException(entry, Fault.OF_ANOTHER_KEY);
        }
        if (!isSignedByItself(holder)) {
            throw new ForeignCertificateException(entry, Fault.NOT_SIGNED_BY_THE_KEY);
        }
    }

    private static X509CertificateHolder holder(String entry, X509Certificate certificate) throws IOException {
        try {
            return new X509CertificateHolder(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IOException("'" + entry + "': its certificate cannot be read", e);
        }
    }

    private static boolean isSignedByItself(X509CertificateHolder holder) {
        try {
            return holder.isSignatureValid(new JcaContentVerifierProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(holder));
        } catch (CertException | OperatorCreationException | CertificateException e) {
            return false; // of an algorithm that is not the key's, or not known
        }
    }
}
