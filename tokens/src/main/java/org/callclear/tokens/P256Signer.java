package org.callclear.tokens;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;

/** A private key on P-256 that its provider, such as hardware, signs with. Its {@code s} is always the lower one. */
final class P256Signer implements Signer {
    private static final int HALF = PublicHalf.OfP256.HALF;
    private static final BigInteger ORDER = ECNamedCurveTable.getByName("P-256").getN();

    private final PrivateKey key;
    private final Provider provider;
    private final byte[] publicKey;

    /** @throws IllegalArgumentException when the public half is on another curve */
    P256Signer(PrivateKey key, Provider provider, PublicKey publicHalf) {
        this.key = key;
        this.provider = provider;
        this.publicKey = publicHalf.getEncoded();
        PublicHalf.of(TokenAlgorithm.ES256, publicKey);
    }

    @Override
    public TokenAlgorithm algorithm() {
        return TokenAlgorithm.ES256;
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format", provider);
            signature.initSign(key);
            signature.update(message);
            return lower(signature.sign());
        } catch (GeneralSecurityException | ProviderException e) {
            throw new SigningFailedException("the provider " + provider.getName() + " does not sign", e);
        }
    }

    /** Of the two values of {@code s}, the one that gateways take. */
    private static byte[] lower(byte[] signature) {
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, HALF, signature.length));
        if (!PublicHalf.OfP256.isHigh(s, ORDER)) {
            return signature;
        }
        byte[] other = ORDER.subtract(s).toByteArray(); // below half of the order, so never longer than 32 bytes
        Arrays.fill(signature, HALF, signature.length, (byte) 0);
        System.arraycopy(other, 0, signature, signature.length - other.length, other.length);
        return signature;
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "P256Signer[" + provider.getName() + "]";
    }
}
