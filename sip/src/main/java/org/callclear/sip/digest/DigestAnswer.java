package org.callclear.sip.digest;

import java.util.List;
import org.callclear.sip.call.Credentials;
import org.jspecify.annotations.Nullable;

/** Answers a challenge. */
public final class DigestAnswer {
    private DigestAnswer() {}

    /**
     * The value for Authorization or Proxy-Authorization, for the best algorithm offered (RFC 8760, 2.4); null when no
     * challenge can be answered.
     *
     * @param challenges values of WWW-Authenticate or Proxy-Authenticate
     * @param clientNonce fresh random text
     */
    public static @Nullable String to(
            List<String> challenges, Credentials credentials, String method, String uri, String clientNonce) {
        AuthFields best = null;
        Algorithm algorithm = null;
        for (String challenge : challenges) {
            AuthFields fields = AuthFields.of(challenge);
            Algorithm offered = fields == null ? null : Algorithm.of(fields.get("algorithm"));
            if (offered != null && isAnswerable(fields) && (algorithm == null || offered.compareTo(algorithm) < 0)) {
                best = fields;
                algorithm = offered;
            }
        }
        return best == null || algorithm == null
                ? null
                : answer(
                        best,
                        algorithm,
                        credentials,
                        new Algorithm.Proof(method, uri, best.getOrEmpty("nonce"), "00000001", clientNonce));
    }

    private static boolean isAnswerable(@Nullable AuthFields fields) {
        if (fields == null || fields.get("nonce") == null || fields.get("realm") == null) {
            return false;
        }
        String qop = fields.get("qop");
        return qop == null || offersAuth(qop);
    }

    private static boolean offersAuth(String qop) {
        return ("," + qop.replace(" ", "") + ",").contains(",auth,");
    }

    private static String answer(AuthFields asked, Algorithm algorithm, Credentials who, Algorithm.Proof proof) {
        String realm = asked.getOrEmpty("realm");
        boolean counted = asked.get("qop") != null;
        String response = counted
                ? algorithm.response(who.username(), realm, who.password(), proof)
                : algorithm.oldResponse(who.username(), realm, who.password(), proof);
        StringBuilder out = new StringBuilder("Digest username=")
                .append(quoted(who.username()))
                .append(", realm=")
                .append(quoted(realm))
                .append(", nonce=")
                .append(quoted(proof.nonce()))
                .append(", uri=")
                .append(quoted(proof.uri()))
                .append(", response=\"")
                .append(response)
                .append("\", algorithm=")
                .append(algorithm.token);
        if (counted) {
            out.append(", qop=auth, nc=")
                    .append(proof.count())
                    .append(", cnonce=")
                    .append(quoted(proof.clientNonce()));
        }
        String opaque = asked.get("opaque");
        return opaque == null
                ? out.toString()
                : out.append(", opaque=").append(quoted(opaque)).toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
