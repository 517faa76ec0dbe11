package org.callclear.tokens;

import static org.callclear.tokens.KnownTokens.EXPECTED;
import static org.callclear.tokens.KnownTokens.NOW;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Swollen;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.call.TransactionId;
import org.callclear.testkit.tokens.TestTokens;

/**
 * Claims that were signed by the right key, but may be anything: what is read is in its ranges and writes back as the
 * same; a token opens the gateway only if it is for this call, and once.
 */
public final class ClaimsFuzz {
    private static final int LONGEST = 3_000;
    private static final KeyRing KEYS = TestTokens.keyRing();

    private ClaimsFuzz() {}

    /** The bytes that are signed. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] json = Swollen.of(data, LONGEST);
        Claims claims =
                Cost.bounded(json.length, () -> Optional.ofNullable(read(json))).orElse(null);
        if (claims != null) {
            byte[] written = claims.toJson();
            Holds.same(claims, ClaimsJson.decode(written), "claims written and read");
            Holds.same(
                    new String(written, StandardCharsets.UTF_8),
                    new String(ClaimsJson.decode(written).toJson(), StandardCharsets.UTF_8),
                    "claims written twice");
        }
        String token = KnownTokens.sign(json);
        TokenVerifier verifier = new TokenVerifier(KEYS, new Memory());
        Verdict verdict = verifier.verify(token, EXPECTED, NOW);
        if (verdict instanceof Verdict.Accepted accepted) {
            checkAccepted(accepted.claims(), claims);
            Holds.same(
                    new Verdict.Rejected(SetupRefusal.REPLAYED), verifier.verify(token, EXPECTED, NOW), "second time");
        } else if (claims == null && token.length() <= Jws.LONGEST) {
            Holds.same(new Verdict.Rejected(SetupRefusal.BAD_CLAIMS), verdict, "verdict on unreadable claims");
        }
        TokenInspector.inspect(token, TokenInspector.Secrets.MASKED);
    }

    private static void checkAccepted(Claims accepted, @org.jspecify.annotations.Nullable Claims read) {
        Holds.same(read, accepted, "claims read and accepted");
        Holds.same(
                EXPECTED,
                new Expected(
                        accepted.issuer(),
                        accepted.audience(),
                        accepted.callId(),
                        accepted.transactionId(),
                        accepted.originatingCarrier(),
                        accepted.calling(),
                        accepted.called()),
                "what a token must say");
        Holds.that(accepted.expires().plus(TokenVerifier.SKEW).isAfter(NOW), "an expired token is accepted");
        Holds.that(!accepted.notBefore().isAfter(NOW.plus(TokenVerifier.SKEW)), "a token is accepted too early");
    }

    private static @org.jspecify.annotations.Nullable Claims read(byte[] json) {
        try {
            return ClaimsJson.decode(json);
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            Holds.that(why.length() < 400 && why.indexOf('\n') < 0, "a fault that quotes too much");
            return null;
        }
    }

    private static final class Memory implements ReplayMemory {
        private final Set<TransactionId> seen = new HashSet<>();

        @Override
        public CompletableFuture<Use> use(TransactionId id, Instant issued, Instant expires) {
            return CompletableFuture.completedFuture(seen.add(id) ? Use.FIRST : Use.REPEATED);
        }

        @Override
        public void close() {}
    }
}
