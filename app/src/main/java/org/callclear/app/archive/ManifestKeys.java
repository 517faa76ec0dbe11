package org.callclear.app.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.callclear.tokens.secrets.OwnerOnly;

/** Ed25519 keys in PEM files, for the signatures of manifests: few, so the JDK's own code does. */
public final class ManifestKeys {
    private static final String ALGORITHM = "Ed25519";

    private ManifestKeys() {}

    /**
     * The signer with a private key (PKCS#8), a file of the owner alone.
     *
     * @param keyId the key's name
     * @throws ArchiveException when it is not there, others may read it, or it is no Ed25519 key
     */
    public static ManifestSigner signer(Path file, String keyId) {
        try {
            byte[] der = der(file, new String(OwnerOnly.read(file), StandardCharsets.US_ASCII), "PRIVATE KEY");
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
            return new ManifestSigner() {
                @Override
                public String keyId() {
                    return keyId;
                }

                @Override
                public byte[] sign(byte[] content) {
                    return signature(key, content);
                }
            };
        } catch (IOException e) {
            throw new ArchiveException("key '" + file + "': cannot be read: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new ArchiveException("key '" + file + "': is no private Ed25519 key (PKCS#8)", e);
        }
    }

    private static byte[] signature(PrivateKey key, byte[] content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new ArchiveException("the manifest cannot be signed: " + e.getMessage(), e);
        }
    }

    /**
     * A public key (SubjectPublicKeyInfo).
     *
     * @throws ArchiveException when it is not there or is no Ed25519 key
     */
    public static PublicKey publicKey(Path file) {
        try {
            byte[] der = der(file, Files.readString(file, StandardCharsets.US_ASCII), "PUBLIC KEY");
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
        } catch (IOException e) {
            throw new ArchiveException("key '" + file + "': cannot be read: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new ArchiveException("key '" + file + "': is no public Ed25519 key", e);
        }
    }

    /** Whether a manifest bears a signature of that key. */
    static boolean isSigned(Manifest manifest, PublicKey key) {
        Manifest.Signature signed = manifest.signature();
        if (signed == null) {
            return false;
        }
        byte[] content = ManifestJson.bytes(manifest.signed(new Manifest.Signature(signed.key(), "")));
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(content);
            return signature.verify(HexFormat.of().parseHex(signed.value()));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] der(Path file, String pem, String kind) {
        String begin = "-----BEGIN " + kind + "-----";
        String end = "-----END " + kind + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf(end);
        try {
            if (from >= 0 && to > from) {
                return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
            }
        } catch (IllegalArgumentException e) {
            throw new ArchiveException("key '" + file + "': is no PEM of a " + kind, e);
        }
        throw new ArchiveException("key '" + file + "': is no PEM of a " + kind);
    }
}
