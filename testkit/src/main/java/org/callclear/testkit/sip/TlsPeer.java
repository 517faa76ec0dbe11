package org.callclear.testkit.sip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS by Java's own sockets, for peers that are none of ours. */
public final class TlsPeer {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final Pattern CERTIFICATES =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*-----END CERTIFICATE-----", Pattern.DOTALL);
    private static final char[] NO_PASSWORD = new char[0];

    private TlsPeer() {}

    /**
     * A peer with a TLS connection, its handshake done.
     *
     * @param trusted PEM file of whom it trusts
     * @param identity PEM file of its own key (EC) and chain; null for none
     * @throws IOException when the handshake fails
     */
    public static SipPeer connect(InetSocketAddress other, Path trusted, @Nullable Path identity) throws IOException {
        return SipPeer.over(socket(other, trusted, identity));
    }

    /** The same, as a socket. */
    public static SSLSocket socket(InetSocketAddress other, Path trusted, @Nullable Path identity) throws IOException {
        Socket plain = new Socket(other.getAddress(), other.getPort());
        SSLSocket socket = (SSLSocket) context(trusted, identity)
                .getSocketFactory()
                .createSocket(plain, other.getHostString(), other.getPort(), true);
        socket.startHandshake();
        return socket;
    }

    /** What makes TLS sockets of this identity and trust. */
    public static SSLContext context(Path trusted, @Nullable Path identity) throws IOException {
        try {
            KeyStore trust = empty();
            for (Certificate certificate : certificates(trusted)) {
                trust.setCertificateEntry("a" + trust.size(), certificate);
            }
            TrustManagerFactory trusting = TrustManagerFactory.getInstance("PKIX");
            trusting.init(trust);
            KeyStore own = empty();
            if (identity != null) {
                Certificate[] chain = certificates(identity).toArray(Certificate[]::new);
                own.setKeyEntry("own", key(identity), NO_PASSWORD, chain);
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(own, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusting.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        byte[] pem = found(CERTIFICATES, file).group().getBytes(StandardCharsets.US_ASCII);
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(found(KEY, file).group(1));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static Matcher found(Pattern part, Path file) throws IOException {
        Matcher matcher = part.matcher(Files.readString(file));
        if (!matcher.find()) {
            throw new IOException(file + ": lacks " + part);
        }
        return matcher;
    }
}
