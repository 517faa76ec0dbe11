package org.callclear.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.callclear.tokens.Samples.CLAIMS;
import static org.callclear.tokens.Samples.EXPECTED;
import static org.callclear.tokens.Samples.KEY;
import static org.callclear.tokens.Samples.NOW;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.topics.Party;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.Subject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a key of the transport authority, or the authority's own, cannot make a token with it, however it is told. */
class TransportAuthorityTest {
    private static final Duration LIFE = Duration.ofDays(30);

    private final BouncyCastleProvider provider = new BouncyCastleProvider();
    private final Samples.AskedMemory memory = new Samples.AskedMemory();
    private final TokenVerifier verifier = new TokenVerifier(Samples.ring(), memory);
    private final Map<String, Identity> identities = new LinkedHashMap<>();

    @TempDir
    Path directory;

    private record Identity(PrivateKey key, List<X509Certificate> chain) {}

    @BeforeEach
    void issue() throws Exception {
        Path pki = directory.resolve("pki");
        CertificateAuthority authority =
                CertificateAuthority.openOrCreate(pki, Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());
        identities.put("the authority", read(pki.resolve("ca-identity.pem")));
        for (Subject subject : List.of(
                Subject.of(Party.of(Party.Kind.CLEARINGHOUSE)),
                Subject.of(Party.of(Party.Kind.ADMINISTRATION)),
                Subject.of(Party.gateway(CLAIMS.audience())),
                Subject.of(Party.proxyOf(CLAIMS.originatingCarrier())),
                Subject.broker(List.of("localhost")))) {
            identities.put(subject.commonName(), read(authority.ensure(subject, LIFE)));
        }
    }

    private Identity read(Path pem) throws Exception {
        PrivateKey key = null;
        List<X509Certificate> chain = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(pem);
                PEMParser parser = new PEMParser(reader)) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof PrivateKeyInfo info) {
                    key = KeyFactory.getInstance("EC", provider)
                            .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
                } else if (part instanceof X509CertificateHolder holder) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
        }
        return new Identity(Objects.requireNonNull(key, pem.toString()), chain);
    }

    private SigningKey signing(Identity identity) {
        X509Certificate own = identity.chain().getFirst();
        return SigningKey.of(
                new P256Signer(identity.key(), provider, own.getPublicKey()), Samples.KEY_FROM, Samples.KEY_TO);
    }

    private SetupRefusal refusal(String token) {
        Verdict verdict = verifier.verify(token, EXPECTED, NOW);
        assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
        return ((Verdict.Rejected) verdict).refusal();
    }

    /** The control: the same way of signing opens the gateway when its key stands on token-keys. */
    @Test
    void aTokenSignedInTheSameWayByAPublishedKeyIsAccepted() {
        SigningKey key = signing(Objects.requireNonNull(identities.get("clearinghouse")));
        KeyRing ring = new KeyRing();
        ring.put(key.publicHalf());

        Verdict verdict = new TokenVerifier(ring, memory).verify(Samples.sign(key, CLAIMS), EXPECTED, NOW);

        assertThat(verdict).isEqualTo(new Verdict.Accepted(CLAIMS));
    }

    @Test
    void noKeyOfTheTransportAuthoritySignsATokenUnderItsOwnNameOrAnother() {
        assertThat(identities).hasSize(6).allSatisfy((who, identity) -> {
            SigningKey key = signing(identity);
            byte[] payload = ClaimsJson.encode(CLAIMS);
            for (TokenAlgorithm algorithm : TokenAlgorithm.values()) {
                assertThat(refusal(Samples.sign(key, Jws.signingInput(algorithm, key.keyId(), payload))))
                        .isEqualTo(SetupRefusal.UNKNOWN_KEY);
                assertThat(refusal(Samples.sign(key, Jws.signingInput(algorithm, KEY.keyId(), payload))))
                        .isEqualTo(SetupRefusal.BAD_SIGNATURE);
                assertThat(refusal(Samples.sign(key, Jws.signingInput(algorithm, Samples.P256.keyId(), payload))))
                        .isEqualTo(SetupRefusal.BAD_SIGNATURE);
            }
        });
        assertThat(memory.asked).isEmpty();
    }

    @Test
    void noCertificateInATokenIsEverLookedAt() {
        assertThat(identities).allSatisfy((who, identity) -> {
            SigningKey key = signing(identity);
            for (String kid : List.of(key.keyId(), KEY.keyId(), Samples.P256.keyId())) {
                for (String extra : extras(identity)) {
                    String header =
                            "{\"alg\":\"ES256\",\"kid\":\"" + kid + "\",\"typ\":\"callclear+jwt\"," + extra + "}";
                    String input = Jws.encode(header.getBytes(StandardCharsets.UTF_8)) + "."
                            + Jws.encode(ClaimsJson.encode(CLAIMS));
                    assertThat(refusal(Samples.sign(key, input))).isEqualTo(SetupRefusal.TOKEN_MALFORMED);
                }
            }
        });
    }

    private static List<String> extras(Identity identity) {
        try {
            String chain = Base64.getEncoder()
                    .encodeToString(identity.chain().getFirst().getEncoded());
            String point = Jws.encode(identity.chain().getFirst().getPublicKey().getEncoded());
            return List.of(
                    "\"x5c\":[\"" + chain + "\"]",
                    "\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + point + "\",\"y\":\"" + point + "\"}",
                    "\"jku\":\"https://callclear.example/keys.json\"",
                    "\"x5u\":\"https://callclear.example/chain.pem\"");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody saves the trouble of a key of its own. */
    @Test
    void aKeyFileWithAnIdentityOfTheTransportAuthorityIsNotOpened() throws Exception {
        Path password = directory.resolve("keys.password");
        Path file = directory.resolve("keys.p12");
        SigningKeys.create(file, password, Samples.KEY_FROM, Samples.KEY_TO, new SecureRandom());
        char[] secret = Files.readString(password).strip().toCharArray();
        for (Map.Entry<String, Identity> identity : identities.entrySet()) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    signing(identity.getValue()).keyId(),
                    identity.getValue().key(),
                    secret,
                    identity.getValue().chain().toArray(new X509Certificate[0]));
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, secret);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }

            assertThatThrownBy(() -> SigningKeys.open(file, password))
                    .as(identity.getKey())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("is not an Ed25519 key");
        }
    }
}
