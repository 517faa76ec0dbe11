package org.callclear.tokens;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.callclear.schemas.avro.SetupRefusal;
import org.jspecify.annotations.Nullable;

/**
 * The gate: decides whether a token opens this gateway for this set-up. The checks run in the order of
 * {@link SetupRefusal}, cheap before dear, signature before content, and the one that writes last. Safe for many
 * threads.
 *
 * <p>Two things are to be told apart: a token may be <em>good</em>, which {@link #examine} finds as often as it is asked,
 * and this may be the <em>one use</em> of it, which only {@link #use} knows, because it uses the token up. A token that is
 * good opens nothing. {@link #verify} does both.
 */
public final class TokenVerifier {
    /** How far the clocks of issuer and gateway may be apart. */
    public static final Duration SKEW = Duration.ofSeconds(30);

    private final KeyRing keys;
    private final ReplayMemory replays;

    /**
     * @param keys the issuer's public keys, kept up to date by the caller
     * @param replays what this gateway has seen; the caller closes it
     */
    public TokenVerifier(KeyRing keys, ReplayMemory replays) {
        this.keys = keys;
        this.replays = replays;
    }

    /**
     * Examines a token and, when it is good, uses it up; waits for the memory. Any text gets a verdict. Accepted once:
     * the same token is a replay from then on.
     */
    public Verdict verify(String token, Expected expected, Instant now) {
        return switch (examine(token, expected, now)) {
            case Verdict.Accepted good -> use(good.claims()).join();
            case Verdict.Rejected bad -> bad;
        };
    }

    /** The last check: uses up a token that was examined and found good. Never completes exceptionally. */
    public CompletableFuture<Verdict> use(Claims claims) {
        return replays.use(claims.transactionId(), claims.issuedAt(), claims.expires())
                .thenApply(use -> switch (use) {
                    case FIRST -> new Verdict.Accepted(claims);
                    case REPEATED -> new Verdict.Rejected(SetupRefusal.REPLAYED);
                    case UNCONFIRMED -> new Verdict.Rejected(SetupRefusal.USE_UNCONFIRMED);
                });
    }

    /**
     * All checks but the last: whether the token would open the gateway if this were its first use. Writes nothing and
     * looks for no earlier use, so {@link Verdict.Accepted} here lets nothing in yet.
     */
    public Verdict examine(String token, Expected expected, Instant now) {
        if (token.length() > Jws.LONGEST) {
            return new Verdict.Rejected(SetupRefusal.TOKEN_TOO_LARGE);
        }
        Jws jws;
        try {
            jws = Jws.parse(token);
        } catch (IllegalArgumentException e) {
            return new Verdict.Rejected(SetupRefusal.TOKEN_MALFORMED);
        }
        Optional<VerificationKey> key = keys.find(jws.keyId());
        if (key.isEmpty()) {
            return new Verdict.Rejected(SetupRefusal.UNKNOWN_KEY);
        }
        return examine(jws, key.get(), expected, now);
    }

    private Verdict examine(Jws jws, VerificationKey key, Expected expected, Instant now) {
        if (!key.isValidAt(now, SKEW)) {
            return new Verdict.Rejected(SetupRefusal.KEY_NOT_VALID);
        }
        // The key says how it signs; a header that says otherwise is a lie, whatever the signature is worth.
        if (jws.algorithm() != key.algorithm() || !key.signed(jws.signed(), jws.signature())) {
            return new Verdict.Rejected(SetupRefusal.BAD_SIGNATURE);
        }
        Claims claims; // no claim is read before its signature holds
        try {
            claims = ClaimsJson.decode(jws.payload());
        } catch (IllegalArgumentException e) {
            return new Verdict.Rejected(SetupRefusal.BAD_CLAIMS);
        }
        if (!key.mayHaveSignedAt(claims.issuedAt())) {
            return new Verdict.Rejected(SetupRefusal.KEY_NOT_VALID);
        }
        SetupRefusal fault = fault(claims, expected, now);
        return fault != null ? new Verdict.Rejected(fault) : new Verdict.Accepted(claims);
    }

    private static @Nullable SetupRefusal fault(Claims claims, Expected expected, Instant now) {
        if (!claims.issuer().equals(expected.issuer())) {
            return SetupRefusal.OTHER_ISSUER;
        }
        if (!claims.audience().equals(expected.gateway())) {
            return SetupRefusal.OTHER_GATEWAY;
        }
        if (now.plus(SKEW).isBefore(claims.notBefore()) || now.plus(SKEW).isBefore(claims.issuedAt())) {
            return SetupRefusal.NOT_YET_VALID;
        }
        if (!now.minus(SKEW).isBefore(claims.expires())) {
            return SetupRefusal.EXPIRED;
        }
        return faultOfCall(claims, expected);
    }

    private static @Nullable SetupRefusal faultOfCall(Claims claims, Expected expected) {
        if (!claims.callId().equals(expected.callId())) {
            return SetupRefusal.OTHER_CALL;
        }
        if (!claims.calling().equals(expected.calling())) {
            return SetupRefusal.OTHER_CALLING_NUMBER;
        }
        if (!claims.called().equals(expected.called())) {
            return SetupRefusal.OTHER_CALLED_NUMBER;
        }
        if (!claims.originatingCarrier().equals(expected.originatingCarrier())) {
            return SetupRefusal.OTHER_ORIGINATING_CARRIER;
        }
        if (!claims.transactionId().equals(expected.transactionId())) {
            return SetupRefusal.OTHER_TRANSACTION;
        }
        return null;
    }
}
