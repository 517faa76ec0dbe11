package org.callclear.app.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Checks the signatures of manifests, with Ed25519 keys in PEM files: few, so the JDK's own code does. */
public final class ManifestKeys {
    private static final String ALGORITHM = "Ed25519";

    private ManifestKeys() {}

    /**
     * A public key (SubjectPublicKeyInfo).
     *
     * @throws ArchiveException when it is not there or is no Ed25519 key
     */
    public static PublicKey publicKey(Path file) {
        try {
            byte[] der = der(file, Files.readString(file, StandardCharsets.US_ASCII));
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

    private static byte[] der(Path file, String pem) {
        String begin = "-----BEGIN PUBLIC KEY-----";
        String end = "-----END PUBLIC KEY-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf(end);
        try {
            if (from >= 0 && to > from) {
                return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
            }
        } catch (IllegalArgumentException e) {
            throw new ArchiveException("key '" + file + "': is no PEM of a public key", e);
        }
        throw new ArchiveException("key '" + file + "': is no PEM of a public key");
    }
}
