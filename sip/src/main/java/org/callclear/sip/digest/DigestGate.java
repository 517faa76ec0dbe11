package org.callclear.sip.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a digest and checks it. A user that does not exist takes the same path as a wrong password. On the loop only.
 */
public final class DigestGate {
    /** What a request is worth. */
    public sealed interface Verdict {
        /** The caller is this user. */
        record Known(String user) implements Verdict {}

        /**
         * Not shown to be anybody: to be answered with 401 and {@link DigestGate#challenges}.
         *
         * @param purpose what was asked for
         * @param stale whether the password was right and only the nonce was not
         */
        record Unproven(String purpose, boolean stale) implements Verdict {}
    }

    private static final Pattern COUNT = Pattern.compile("[0-9a-fA-F]{8}");

    /** The only count there is for a nonce that opens one request (RFC 7616, 3.4). */
    private static final String FIRST = "00000001";

    private final String realm;
    private final Function<String, Optional<String>> passwords;
    private final Nonces nonces;
    private final String decoy;

    public DigestGate(
            String realm,
            Function<String, Optional<String>> passwords,
            Clock clock,
            SecureRandom random,
            Duration nonceLifetime) {
        this.realm = realm;
        this.passwords = passwords;
        this.nonces = new Nonces(clock, random, nonceLifetime);
        this.decoy = Long.toHexString(random.nextLong());
    }

    /** Looks at the Authorization of our realm: cheap guards first, the one that writes last. */
    public Verdict check(SipRequest request) {
        String purpose = purpose(request);
        AuthFields given = ours(request);
        Algorithm algorithm = given == null ? null : Algorithm.of(given.get("algorithm"));
        if (given == null || algorithm == null || !isComplete(given, request)) {
            return new Verdict.Unproven(purpose, false);
        }
        Nonces.Worth worth = nonces.worth(given.getOrEmpty("nonce"), algorithm, purpose);
        if (worth == Nonces.Worth.FOREIGN || !isRight(given, algorithm, request.method())) {
            return new Verdict.Unproven(purpose, false);
        }
        // Stale is said only to who knows the password (RFC 7616, 3.3).
        boolean counted = given.getOrEmpty("nc").equals(FIRST);
        if (worth != Nonces.Worth.GOOD || !counted || !nonces.firstUse(given.getOrEmpty("nonce"))) {
            return new Verdict.Unproven(purpose, true);
        }
        return new Verdict.Known(given.getOrEmpty("username"));
    }

    /**
     * What a nonce is given for: the number called. Some clients sign a URI without a user, so the signature alone would
     * let credentials that were caught on their way open a call to another number.
     */
    private static String purpose(SipRequest request) {
        SipUri uri = SipUri.of(request.uri());
        return request.method() + " " + (uri == null ? "" : uri.user());
    }

    /** The one answer for our realm; null when there is none, or more than one, which no client sends. */
    private @Nullable AuthFields ours(SipRequest request) {
        AuthFields found = null;
        for (String value : request.headers().all("Authorization")) {
            AuthFields fields = AuthFields.of(value);
            if (fields != null && realm.equals(fields.get("realm"))) {
                if (found != null) {
                    return null;
                }
                found = fields;
            }
        }
        return found;
    }

    private static boolean isComplete(AuthFields given, SipRequest request) {
        return "auth".equals(given.get("qop"))
                && COUNT.matcher(given.getOrEmpty("nc")).matches()
                && !given.getOrEmpty("cnonce").isEmpty()
                && !given.getOrEmpty("username").isEmpty()
                && given.get("username*") == null // RFC 7616, 3.4: never beside username
                && !"true".equalsIgnoreCase(given.get("userhash")) // never asked for
                && isFor(given.getOrEmpty("uri"), request.uri());
    }

    /** Clients differ in the URI they sign; the number called, where it is in there, must be the one signed. */
    private static boolean isFor(String signed, String requested) {
        SipUri one = SipUri.of(signed);
        SipUri other = SipUri.of(requested);
        return one != null
                && other != null
                && (one.user().isEmpty() || one.user().equals(other.user()));
    }

    private boolean isRight(AuthFields given, Algorithm algorithm, String method) {
        String user = given.getOrEmpty("username");
        Optional<String> password = passwords.apply(user);
        Algorithm.Proof proof = new Algorithm.Proof(
                method,
                given.getOrEmpty("uri"),
                given.getOrEmpty("nonce"),
                given.getOrEmpty("nc"),
                given.getOrEmpty("cnonce"));
        String wanted = algorithm.response(user, realm, password.orElse(decoy), proof);
        boolean equal = MessageDigest.isEqual(
                wanted.getBytes(StandardCharsets.ISO_8859_1),
                given.getOrEmpty("response").getBytes(StandardCharsets.ISO_8859_1));
        return equal && password.isPresent();
    }

    /** Challenges, best first (RFC 8760, 2.4). Each has a nonce of its own, so only for who will be answered. */
    public List<String> challenges(Verdict.Unproven asked) {
        List<String> challenges = new ArrayList<>(2);
        for (Algorithm algorithm : Algorithm.values()) {
            challenges.add("Digest realm=\"" + realm + "\", nonce=\"" + nonces.next(algorithm, asked.purpose())
                    + "\", qop=\"auth\", algorithm=" + algorithm.token + (asked.stale() ? ", stale=true" : ""));
        }
        return List.copyOf(challenges);
    }
}
