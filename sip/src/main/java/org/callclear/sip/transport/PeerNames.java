package org.callclear.sip.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Whom a certificate is for, as SIP reads it (RFC 5922, 7.1 and 7.2): no wildcards, whole names, case aside. */
final class PeerNames {
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP = 7;

    private PeerNames() {}

    /** Whether the certificate bears this host name or address. Common names are not looked at. */
    static boolean bears(X509Certificate certificate, String name) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return false;
            }
            byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
            if (address != null) {
                return of(names, IP).anyMatch(given -> isSame(given, address));
            }
            // Where a SIP domain is named, host names count no more (7.1).
            List<String> domains = of(names, URI).filter(PeerNames::isSip).toList();
            return domains.isEmpty()
                    ? of(names, DNS).anyMatch(name::equalsIgnoreCase)
                    : domains.stream().anyMatch(given -> given.substring(4).equalsIgnoreCase(name));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static Stream<String> of(Collection<List<?>> names, int kind) {
        return names.stream()
                .filter(entry -> entry.get(0) instanceof Integer given && given == kind)
                .map(entry -> String.valueOf(entry.get(1)));
    }

    private static boolean isSip(String uri) {
        return uri.toLowerCase(Locale.ROOT).startsWith("sip:") && uri.indexOf('@') < 0;
    }

    private static boolean isSame(String given, byte[] address) {
        InetAddress read = NetUtil.createInetAddressFromIpAddressString(given);
        return read != null && Arrays.equals(read.getAddress(), address);
    }
}
