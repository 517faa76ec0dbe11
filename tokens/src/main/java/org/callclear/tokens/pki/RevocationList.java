package org.callclear.tokens.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.callclear.tokens.secrets.OwnerOnly;
import org.jspecify.annotations.Nullable;

/**
 * The file with the list of revoked certificates (a CRL in PEM), which brokers read. It follows from the index, so it is
 * written again whenever it is missing, damaged, a day old, or not what the index says.
 */
final class RevocationList {
    /** For how long a list is good: a broker that gets no newer one refuses everybody from then on. */
    static final Duration LIFE = Duration.ofDays(7);

    private static final Duration RENEWED_EVERY = Duration.ofDays(1);

    private final Path file;
    private final CertificateMaker maker;

    RevocationList(Path file, CertificateMaker maker) {
        this.file = file;
        this.maker = maker;
    }

    /** Sees to it that the file holds a fresh list of what is revoked. */
    void keep(Identity authority, List<Issued> revoked, Instant clock) throws IOException {
        Instant now = clock.truncatedTo(ChronoUnit.SECONDS);
        X509CRL there = read(authority);
        if (there == null || isOld(there, now) || !serials(there).equals(serials(revoked))) {
            X509CRL fresh = maker.revocations(authority, now, now.plus(LIFE), number(there, clock), revoked);
            OwnerOnly.replace(file, Identity.pem(fresh));
        }
    }

    private @Nullable X509CRL read(Identity authority) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try (var bytes = new ByteArrayInputStream(Files.readAllBytes(file))) {
            if (CertificateFactory.getInstance("X.509").generateCRL(bytes) instanceof X509CRL list) {
                list.verify(authority.certificate().getPublicKey());
                return list;
            }
            return null;
        } catch (GeneralSecurityException e) {
            return null; // damaged, or of an authority that was here before
        }
    }

    private static boolean isOld(X509CRL list, Instant now) {
        Instant made = list.getThisUpdate().toInstant();
        return made.isAfter(now) || !now.isBefore(made.plus(RENEWED_EVERY));
    }

    private static Set<String> serials(X509CRL list) {
        Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
        return entries == null
                ? Set.of()
                : entries.stream()
                        .map(entry -> entry.getSerialNumber().toString(16))
                        .collect(Collectors.toSet());
    }

    private static Set<String> serials(List<Issued> revoked) {
        return revoked.stream().map(Issued::serial).collect(Collectors.toSet());
    }

    /** Greater than any before, also when the list before is lost: milliseconds since 1970, at least. */
    private static BigInteger number(@Nullable X509CRL before, Instant now) {
        BigInteger number = BigInteger.valueOf(now.toEpochMilli());
        byte[] extension = before == null ? null : before.getExtensionValue(Extension.cRLNumber.getId());
        if (extension == null) {
            return number;
        }
        BigInteger last = ASN1Integer.getInstance(
                        ASN1OctetString.getInstance(extension).getOctets())
                .getValue();
        return number.max(last.add(BigInteger.ONE));
    }
}
