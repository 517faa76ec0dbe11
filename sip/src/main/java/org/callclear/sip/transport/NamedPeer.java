package org.callclear.sip.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts the one server whose certificate is vouched for and bears its name: a failure here ends the handshake. */
final class NamedPeer extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager vouching;
    private final String name;

    NamedPeer(X509ExtendedTrustManager vouching, String name) {
        this.vouching = vouching;
        this.name = name;
    }

    private void requireName(X509Certificate[] chain) throws CertificateException {
        if (!PeerNames.bears(chain[0], name)) {
            throw new CertificateException("the certificate is not for " + name);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        vouching.checkServerTrusted(chain, type, engine);
        requireName(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        vouching.checkServerTrusted(chain, type, socket);
        requireName(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        vouching.checkServerTrusted(chain, type);
        requireName(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("this side is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("this side is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this side is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return vouching.getAcceptedIssuers();
    }
}
