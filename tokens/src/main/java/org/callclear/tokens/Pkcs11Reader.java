package org.callclear.tokens;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.callclear.tokens.secrets.PasswordFile;
import org.jspecify.annotations.Nullable;

/**
 * Keys that stay in their hardware: read by label, with the self-signed certificate that carries a key's time. Each is
 * tried out, so that a certificate of another key shows here and not at the first call.
 */
final class Pkcs11Reader implements SigningKeySource.Reader {
    /** Hardware tells nobody of a new key: one is found so soon. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private static final byte[] TRIAL = "callclear token key trial".getBytes(StandardCharsets.US_ASCII);

    private final SigningKeySource.Pkcs11 source;
    private final PinGuard guard;
    private @Nullable Provider provider;

    Pkcs11Reader(SigningKeySource.Pkcs11 source) {
        this.source = source;
        this.guard = new PinGuard(source.pinFile(), source.providerConfig());
    }

    @Override
    public String stamp() {
        return Long.toString(System.nanoTime() / LOOK_AGAIN.toNanos());
    }

    @Override
    public SigningKeys read() {
        String place = "PKCS#11 of " + source.providerConfig();
        try {
            KeyStore store = KeyStore.getInstance("PKCS11", provider());
            guard.once(() -> PasswordFile.lend(source.pinFile(), pin -> {
                load(store, pin);
                return store;
            }));
            return SigningKeys.of(place, keys(store, provider()));
        } catch (IOException e) {
            throw SigningKeys.unusable(place, e);
        } catch (GeneralSecurityException | ProviderException | SigningFailedException e) {
            throw SigningKeys.unusable(place, new IOException(rootOf(e), e));
        }
    }

    private static void load(KeyStore store, char[] pin) throws IOException {
        try {
            store.load(null, pin);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new IOException(rootOf(e), e);
        } catch (IOException e) {
            throw RefusedPinException.isBehind(e)
                    ? new RefusedPinException(e)
                    : new IOException("the hardware does not open: " + rootOf(e), e);
        }
    }

    private static String rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Of the JDK; without it there is no PKCS#11. */
    private Provider provider() throws IOException {
        if (provider == null) {
            Provider unconfigured = Security.getProvider("SunPKCS11");
            if (unconfigured == null) {
                throw new IOException("this JDK has no provider SunPKCS11");
            }
            try {
                provider = unconfigured.configure(source.providerConfig().toString());
            } catch (RuntimeException e) { // a file that is away or wrong, a library that cannot be loaded
                throw new IOException("the provider cannot be set up: " + rootOf(e), e);
            }
        }
        return provider;
    }

    private List<SigningKey> keys(KeyStore store, Provider provider) throws IOException, GeneralSecurityException {
        List<SigningKey> keys = new ArrayList<>();
        for (String label : Collections.list(store.aliases())) {
            if (label.startsWith(source.keyLabel()) && store.isKeyEntry(label)) {
                keys.add(key(store, label, provider));
            }
        }
        if (keys.isEmpty()) {
            throw new IOException(
                    "no private key with a certificate has a label that begins with '" + source.keyLabel() + "'");
        }
        return keys;
    }

    private static SigningKey key(KeyStore store, String label, Provider provider)
            throws IOException, GeneralSecurityException {
        if (!(store.getKey(label, null) instanceof PrivateKey key)
                || !(store.getCertificate(label) instanceof X509Certificate certificate)) {
            throw new IOException("'" + label + "' is no private key with a certificate");
        }
        try {
            SigningKey signing = SigningKey.of(
                    new P256Signer(key, provider, certificate.getPublicKey()),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
            OwnCertificate.require(label, certificate, signing.signer().publicKey());
            if (!PublicHalf.of(TokenAlgorithm.ES256, signing.signer().publicKey())
                    .signed(TRIAL, signing.sign(TRIAL))) {
                throw new ForeignCertificateException(label, ForeignCertificateException.Fault.OF_ANOTHER_KEY);
            }
            return signing;
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + label + "': " + e.getMessage(), e);
        }
    }
}
