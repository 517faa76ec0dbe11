package org.callclear.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.tokens.ForeignCertificateException.Fault;
import org.callclear.tokens.SigningKeySource.Pkcs11;
import org.callclear.tokens.secrets.OwnerOnly;

/**
 * What {@link Pkcs11Test} runs in a JVM of its own, whose environment says where SoftHSM keeps its token: makes keys in
 * the token, signs with them, and fails with an exception where something is not as it should be.
 */
final class Pkcs11Trial {
    private static final String PIN = "1234";

    private final Path config;
    private final Path pin;
    private final Provider provider;
    private final KeyStore store;

    private Pkcs11Trial(Path config, Path pin) throws Exception {
        this.config = config;
        this.pin = pin;
        provider = Security.getProvider("SunPKCS11").configure(config.toString());
        store = KeyStore.getInstance("PKCS11", provider);
        store.load(null, PIN.toCharArray());
    }

    public static void main(String[] args) throws Exception {
        AvroTrust.establish();
        Path wrong = Path.of(args[1]).resolveSibling("wrong-pin");
        OwnerOnly.replace(wrong, "98765432".getBytes(StandardCharsets.US_ASCII));
        refusedOnce(new Pkcs11(Path.of(args[0]), wrong, "token-").reader());
        new Pkcs11Trial(Path.of(args[0]), Path.of(args[1])).run();
        System.out.println("PKCS#11 TRIAL PASSED");
    }

    private void run() throws Exception {
        SigningKeySource.Reader reader = new Pkcs11(config, pin, "token-").reader();
        refused("no private key", reader);
        make("token-2026", "secp256r1", "CN=token-key", Samples.KEY_FROM, Samples.KEY_TO);
        make("kafka-identity", "secp256r1", "CN=clearinghouse", Samples.KEY_FROM, Samples.KEY_TO);
        SigningKeys first = reader.read();
        require(first.keyIds().size() == 1, "only the key with the label is read: " + first);
        accepted(first);
        make("token-2027", "secp256r1", "CN=token-key", Samples.NOW.minusSeconds(60), Samples.KEY_TO);
        SigningKeys second = reader.read();
        require(second.keyIds().size() == 2, "a new key is found without a restart: " + second);
        require(second.keyIds().containsAll(first.keyIds()), "and the first one is still there");
        accepted(second);
        try {
            second.add(Samples.NOW, Samples.KEY_TO, new SecureRandom());
            throw new AssertionError("a key was made in hardware");
        } catch (IllegalStateException e) {
            System.out.println("as it should be: " + e.getMessage());
        }
        wrongPinAndRights();
        otherPurposes();
    }

    /** A hundred, for half of the values of s would be high ones. */
    private static void accepted(SigningKeys keys) {
        KeyRing ring = new KeyRing();
        keys.publicKeys().forEach(ring::put);
        String key = keys.activeKeyId(Samples.NOW).orElseThrow();
        for (int i = 0; i < 100; i++) {
            String token = new TokenIssuer(keys).issue(Samples.CLAIMS, key);
            Verdict verdict =
                    new TokenVerifier(ring, new Samples.AskedMemory()).verify(token, Samples.EXPECTED, Samples.NOW);
            require(verdict.equals(new Verdict.Accepted(Samples.CLAIMS)), "verdict: " + verdict);
        }
    }

    private void wrongPinAndRights() throws IOException {
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-r-----"));
        refused("owner only", new Pkcs11(config, pin, "token-").reader());
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
        refused("provider cannot be set up", new Pkcs11(config.resolveSibling("not-there"), pin, "token-").reader());
    }

    private void otherPurposes() throws Exception {
        KeyPair party = pair("secp256r1");
        KeyPair authority = pair("secp256r1");
        X509Certificate issued = certificate(
                party, authority.getPrivate(), "CN=proxy.acme", "CN=Callclear CA", Samples.KEY_FROM, Samples.KEY_TO);
        store.setKeyEntry("issued-1", party.getPrivate(), null, new Certificate[] {issued});
        foreign(Fault.ISSUED_BY_ANOTHER, "issued-");
        X509Certificate forged = certificate(
                party, authority.getPrivate(), "CN=token-key", "CN=token-key", Samples.KEY_FROM, Samples.KEY_TO);
        store.setKeyEntry("forged-1", party.getPrivate(), null, new Certificate[] {forged});
        foreign(Fault.NOT_SIGNED_BY_THE_KEY, "forged-");
        X509Certificate others = certificate(
                authority, authority.getPrivate(), "CN=token-key", "CN=token-key", Samples.KEY_FROM, Samples.KEY_TO);
        store.setKeyEntry("others-1", party.getPrivate(), null, new Certificate[] {others});
        foreign(Fault.OF_ANOTHER_KEY, "others-");
        make("curve-1", "secp384r1", "CN=token-key", Samples.KEY_FROM, Samples.KEY_TO);
        refused("P-256", new Pkcs11(config, pin, "curve-").reader());
    }

    private void foreign(Fault fault, String label) {
        try {
            throw new AssertionError(
                    "read: " + new Pkcs11(config, pin, label).reader().read());
        } catch (UncheckedIOException e) {
            require(
                    e.getCause() instanceof ForeignCertificateException foreign && foreign.fault() == fault,
                    "refused because of: " + e.getCause());
        }
    }

    private static void refused(String why, SigningKeySource.Reader reader) {
        refused(why, reader, PIN);
    }

    private static void refused(String why, SigningKeySource.Reader reader, String secret) {
        try {
            throw new AssertionError("read: " + reader.read());
        } catch (UncheckedIOException e) {
            require(String.valueOf(e.getMessage()).contains(why), "message: " + e.getMessage());
            require(!String.valueOf(e.getMessage()).contains(secret), "the PIN is shown");
            System.out.println("as it should be: " + e.getMessage());
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** A second try would be another exception. */
    private static void refusedOnce(SigningKeySource.Reader reader) {
        refused("the PIN is refused", reader, "98765432");
        Set<Throwable> refusals = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 3; i++) {
            refusals.add(refusal(reader));
        }
        require(refusals.size() == 1, "a refused PIN was tried again: " + refusals);
        require(refusals.stream().allMatch(RefusedPinException.class::isInstance), "refused because of: " + refusals);
    }

    private static Throwable refusal(SigningKeySource.Reader reader) {
        try {
            throw new AssertionError("read: " + reader.read());
        } catch (UncheckedIOException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    private KeyPair pair(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private void make(String label, String curve, String name, Instant from, Instant to) throws Exception {
        KeyPair pair = pair(curve);
        store.setKeyEntry(label, pair.getPrivate(), null, new Certificate[] {
            certificate(pair, pair.getPrivate(), name, name, from, to)
        });
    }

    private X509Certificate certificate(
            KeyPair pair, PrivateKey issuer, String subject, String issuerName, Instant from, Instant to)
            throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuerName),
                new BigInteger(64, new SecureRandom()),
                Date.from(from),
                Date.from(to),
                new X500Name(subject),
                pair.getPublic());
        var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                .setProvider(provider)
                .build(issuer);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    static List<Path> libraries() {
        return List.of(
                Path.of("/usr/lib/softhsm/libsofthsm2.so"),
                Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
                Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
                Path.of("/usr/local/lib/softhsm/libsofthsm2.so"));
    }
}
