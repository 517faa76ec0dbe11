package org.callclear.settlement.evidence;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.callclear.settlement.seal.StatementSeal;

/**
 * A public key that statements are checked with (Ed25519, RFC 8032). How it came to whoever checks is what the check is
 * worth.
 */
public record StatementKey(PublicKey key) {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    /**
     * Reads PEM (RFC 7468): one public key and nothing else.
     *
     * @throws EvidenceException when it is anything else
     */
    public static StatementKey ofPem(String pem) {
        String text = pem.strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END) || text.length() < BEGIN.length() + END.length()) {
            throw new EvidenceException("not a public key in PEM (" + BEGIN + ")");
        }
        try {
            String body = text.substring(BEGIN.length(), text.length() - END.length());
            return ofDer(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            throw new EvidenceException("not a public key in PEM: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a SubjectPublicKeyInfo.
     *
     * @throws EvidenceException when it is not of an Ed25519 key
     */
    public static StatementKey ofDer(byte[] der) {
        try {
            return new StatementKey(
                    KeyFactory.getInstance(StatementSeal.ALGORITHM).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            throw new EvidenceException("not a public key of " + StatementSeal.ALGORITHM, e);
        }
    }

    /** Whether a statement is signed with this key's other half. */
    public boolean signed(SealedStatement statement) {
        return signed(statement.signed().message(), statement.signed().signature());
    }

    /** Whether that is what this key's other half makes of a message. */
    public boolean signed(byte[] message, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(StatementSeal.ALGORITHM);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // bytes that are no signature at all
        }
    }
}
