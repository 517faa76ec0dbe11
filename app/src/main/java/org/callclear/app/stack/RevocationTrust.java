package org.callclear.app.stack;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trusts whom the trust store's authorities vouch for and the list of revoked certificates does not name: RFC 5280's path
 * validation, with the purpose of the certificate and, for a server, its host. It asks for the list at each handshake, so
 * also a connection that was opened before somebody was revoked finds the list of now.
 */
final class RevocationTrust extends X509ExtendedTrustManager {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationTrust.class);

    private final KeyStore authorities;
    private final CrlFile revoked;
    private @Nullable Made made;

    /** What was made for a list. */
    private record Made(X509CRL list, X509ExtendedTrustManager manager) {}

    RevocationTrust(KeyStore authorities, CrlFile revoked) {
        this.authorities = authorities;
        this.revoked = revoked;
    }

    private X509ExtendedTrustManager now() throws CertificateException {
        try {
            return with(revoked.current());
        } catch (CertificateException e) {
            LOG.error("nobody can connect: {}", e.getMessage());
            throw e;
        }
    }

    private synchronized X509ExtendedTrustManager with(X509CRL list) throws CertificateException {
        Made last = made;
        if (last == null || !last.list().equals(list)) {
            complainIfForeign(list); // once for each list: whoever connects is refused without a word of why
            last = new Made(list, make(list));
            made = last;
        }
        return last.manager();
    }

    private void complainIfForeign(X509CRL list) throws CertificateException {
        try {
            for (String alias : Collections.list(authorities.aliases())) {
                if (authorities.getCertificate(alias) instanceof X509Certificate authority
                        && isSignedBy(authority, list)) {
                    return;
                }
            }
        } catch (KeyStoreException e) {
            throw new CertificateException("the trust store cannot be read: " + e.getMessage(), e);
        }
        LOG.error(
                "{}: signed by none of the authorities in the trust store (it names {}); nobody can connect",
                revoked,
                list.getIssuerX500Principal());
    }

    private static boolean isSignedBy(X509Certificate authority, X509CRL list) {
        try {
            list.verify(authority.getPublicKey());
            return authority.getSubjectX500Principal().equals(list.getIssuerX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private X509ExtendedTrustManager make(X509CRL list) throws CertificateException {
        try {
            var parameters = new PKIXBuilderParameters(authorities, new X509CertSelector());
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(list))));
            if (!(CertPathBuilder.getInstance("PKIX").getRevocationChecker()
                    instanceof PKIXRevocationChecker checker)) {
                throw new CertificateException("this Java cannot check revocation");
            }
            // From the list alone, and without an answer the answer is no: soft failing is not among the options.
            checker.setOptions(
                    EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
            parameters.addCertPathChecker(checker);
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new CertificateException("this Java has no trust manager for X.509");
        } catch (GeneralSecurityException e) {
            throw new CertificateException("certificates cannot be checked: " + e.getMessage(), e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        now().checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        now().checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        now().checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        now().checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        now().checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        now().checkServerTrusted(chain, authType);
    }

    /** None named: a hint that clients of ours do not need, and that would tell strangers who is trusted. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
