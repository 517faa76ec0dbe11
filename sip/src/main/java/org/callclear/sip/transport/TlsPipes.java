package org.callclear.sip.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the TLS ends of connections. Its dear work runs on threads of its own: no handshake makes a call wait. Files that
 * were replaced are read again for the next connection; where they cannot be used, what was read before stays.
 */
final class TlsPipes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsPipes.class);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** Forward secrecy and authenticated encryption, nothing else. */
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private static final Set<PosixFilePermission> OF_OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final int WORKERS = 2;

    private final SipTls settings;
    private final long handshakeMillis;
    private final ExecutorService workers;
    private volatile Loaded loaded; // made before the loop knows of it, then the loop's

    /** What was read, and what the files looked like just before. */
    private record Loaded(
            List<FileMark> marks,
            SslContext server,
            @Nullable SslContext client) {
        static Loaded of(SipTls settings) throws IOException {
            return new Loaded(marksOf(settings), TlsPipes.server(settings), TlsPipes.client(settings));
        }
    }

    private TlsPipes(SipTls settings, Loaded loaded, long handshakeMillis) {
        this.settings = settings;
        this.loaded = loaded;
        this.handshakeMillis = handshakeMillis;
        this.workers = Executors.newFixedThreadPool(
                WORKERS, Thread.ofPlatform().daemon().name("sip-tls-", 1).factory());
    }

    /** @throws UncheckedIOException naming the file that cannot be used and why */
    static TlsPipes of(SipTls settings, Limits limits) {
        try {
            return new TlsPipes(
                    settings, Loaded.of(settings), limits.handshakes().within().toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static List<FileMark> marksOf(SipTls settings) {
        List<FileMark> marks = new ArrayList<>(3);
        marks.add(FileMark.of(settings.identity()));
        Path authority = settings.clientAuthority();
        if (authority != null) {
            marks.add(FileMark.of(authority));
        }
        SipTls.Peer peer = settings.peer();
        if (peer != null) {
            marks.add(FileMark.of(peer.trusted()));
        }
        return marks;
    }

    private Loaded current() {
        Loaded before = loaded;
        List<FileMark> marks = marksOf(settings);
        if (before.marks().equals(marks)) {
            return before;
        }
        Loaded fresh = reread(before, marks);
        loaded = fresh;
        return fresh;
    }

    private Loaded reread(Loaded before, List<FileMark> marks) {
        try {
            Loaded fresh = Loaded.of(settings);
            LOG.info("the files of SIP over TLS were replaced: new connections use them");
            return fresh;
        } catch (IOException e) {
            LOG.warn("the files of SIP over TLS changed, but what was read before stays in use: {}", e.getMessage());
            return new Loaded(marks, before.server(), before.client());
        }
    }

    private static SslContext server(SipTls settings) throws IOException {
        Path identity = ownersOnly(settings.identity());
        Path authority = settings.clientAuthority();
        X509ExtendedTrustManager clients = authority == null ? null : trusting(authority, "clientAuthority");
        try {
            SslContextBuilder builder = common(SslContextBuilder.forServer(identity.toFile(), identity.toFile()));
            return clients == null
                    ? builder.build()
                    : builder.clientAuth(ClientAuth.REQUIRE)
                            .trustManager(clients)
                            .build();
        } catch (IllegalArgumentException | IOException e) {
            throw unusable("identity", identity, e);
        }
    }

    private static @Nullable SslContext client(SipTls settings) throws IOException {
        SipTls.Peer peer = settings.peer();
        if (peer == null) {
            return null;
        }
        X509ExtendedTrustManager named =
                new NamedPeer(trusting(peer.trusted(), "trusted"), peer.name()); // Java's own check takes wildcards
        try {
            return common(SslContextBuilder.forClient()
                            .keyManager(
                                    settings.identity().toFile(),
                                    settings.identity().toFile())
                            .trustManager(named)
                            .endpointIdentificationAlgorithm(null))
                    .build();
        } catch (IllegalArgumentException e) { // replaced between two looks
            throw unusable("identity", settings.identity(), e);
        }
    }

    private static SslContextBuilder common(SslContextBuilder builder) {
        return builder.sslProvider(SslProvider.JDK).protocols(PROTOCOLS).ciphers(CIPHERS);
    }

    private static Path ownersOnly(Path identity) throws IOException {
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(identity);
            if (!OF_OWNER.containsAll(rights)) {
                throw new IOException("identity " + identity + ": rights " + PosixFilePermissions.toString(rights)
                        + ": holds a private key, so only its owner may have any (chmod 600)");
            }
            return identity;
        } catch (UnsupportedOperationException e) {
            throw new IOException("identity " + identity + ": its file system knows no owner's rights", e);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IOException("identity " + identity + ": there is no such file", e);
        }
    }

    private static X509ExtendedTrustManager trusting(Path file, String field) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            if (store.size() == 0) {
                throw new IOException("no certificate in it");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IOException("this Java has no PKIX trust manager"));
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(field, file, e);
        }
    }

    private static IOException unusable(String field, Path file, Exception e) {
        return new IOException(field + " " + file + " cannot be used: " + e.getMessage(), e);
    }

    /** The end of a connection that came in. */
    SslHandler accepting(ByteBufAllocator allocator) {
        return patient(current().server().newHandler(allocator, workers));
    }

    /** The end of a connection that this side opens. */
    SslHandler opening(ByteBufAllocator allocator) {
        SslContext client = current().client();
        if (client == null) {
            throw new IllegalStateException("no TLS peer is configured");
        }
        return patient(client.newHandler(allocator, workers));
    }

    /** Whether connections may be opened at all. */
    boolean canOpen() {
        return settings.peer() != null;
    }

    private SslHandler patient(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(handshakeMillis);
        return handler;
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
