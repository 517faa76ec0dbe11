package org.callclear.tokens.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.callclear.schemas.topics.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ed25519 keys are certified because Java's TLS takes them; this is where that is known from. */
class Ed25519TlsTest {
    private static final Duration VALIDITY = Duration.ofDays(1);
    private static final char[] PASSWORD = "in memory only".toCharArray();

    @TempDir
    Path folder;

    @Test
    void javasTlsTakesAClientWithAnEd25519Certificate() throws Exception {
        var authority = CertificateAuthority.openOrCreate(folder.resolve("pki"), Clock.systemUTC(), new SecureRandom());
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path issued = folder.resolve("carrier.pem");
        authority.certify(Subject.of(Party.parse("carrier.acme")), VALIDITY, request(keys), issued);
        Identity broker = Identity.read(
                authority.issue(Subject.broker(List.of("localhost")), VALIDITY), new BouncyCastleProvider());
        PrivateKey brokersKey = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(broker.key().getEncoded()));
        Certificate trusted = certificates(authority.trusted())[0];
        SSLContext server = context(brokersKey, broker.chain().toArray(Certificate[]::new), trusted);
        SSLContext client = context(keys.getPrivate(), certificates(issued), trusted);

        try (SSLServerSocket listening = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            CompletableFuture<String> seen = CompletableFuture.supplyAsync(() -> peer(listening));
            try (SSLSocket socket = (SSLSocket) client.getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
                socket.startHandshake();
                assertThat(seen.get(60, TimeUnit.SECONDS)).isEqualTo("CN=carrier.acme");
            }
        }
    }

    private static String peer(SSLServerSocket listening) {
        try (SSLSocket socket = (SSLSocket) listening.accept()) {
            socket.startHandshake();
            return socket.getSession().getPeerPrincipal().getName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] request(KeyPair keys) throws Exception {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            pem.writeObject(
                    new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=carrier.acme"), keys.getPublic())
                            .build(new JcaContentSignerBuilder("Ed25519").build(keys.getPrivate())));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Certificate[] certificates(Path file) throws Exception {
        try (var bytes = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(bytes)
                    .toArray(Certificate[]::new);
        }
    }

    private static SSLContext context(PrivateKey key, Certificate[] chain, Certificate trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", key, PASSWORD, chain);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("authority", trusted);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
