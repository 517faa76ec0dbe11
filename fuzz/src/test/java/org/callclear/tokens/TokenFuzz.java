package org.callclear.tokens;

import static org.callclear.tokens.KnownTokens.EXPECTED;
import static org.callclear.tokens.KnownTokens.NOW;
import static org.callclear.tokens.KnownTokens.TOKEN;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Swollen;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.call.TransactionId;
import org.callclear.testkit.tokens.TestTokens;

/**
 * A token from anybody: only the one that was issued opens the gateway; whatever else comes is refused before a claim of
 * it is read, and before the memory of tokens hears of it.
 */
public final class TokenFuzz {
    private static final int LONGEST = 20_000;
    private static final int EDIT = 4;
    private static final KeyRing KEYS = TestTokens.keyRing();

    /** All that may be said of a token whose signature does not hold. */
    private static final Set<SetupRefusal> BEFORE_CLAIMS = EnumSet.of(
            SetupRefusal.TOKEN_TOO_LARGE,
            SetupRefusal.TOKEN_MALFORMED,
            SetupRefusal.UNKNOWN_KEY,
            SetupRefusal.BAD_SIGNATURE);

    private TokenFuzz() {}

    /** A text; or, when the first byte is zero, edits of a good token: where (two bytes), how, and a character. */
    public static void fuzzerTestOneInput(byte[] data) {
        String token = data.length > 0 && data[0] == 0
                ? edited(data)
                : new String(Swollen.of(data, LONGEST), StandardCharsets.UTF_8);
        check(token);
    }

    private static String edited(byte[] edits) {
        StringBuilder token = new StringBuilder(TOKEN);
        for (int i = 1; i + EDIT <= edits.length && !token.isEmpty(); i += EDIT) {
            int place = ((edits[i] & 0xFF) << 8 | (edits[i + 1] & 0xFF)) % token.length();
            char c = (char) (edits[i + 3] & 0xFF);
            switch (edits[i + 2] & 3) {
                case 0 -> token.setCharAt(place, c);
                case 1 -> token.insert(place, c);
                case 2 -> token.deleteCharAt(place);
                default -> token.setCharAt(place, (char) (token.charAt(place) ^ 1 << (c & 7)));
            }
        }
        return token.toString();
    }

    private static void check(String token) {
        boolean[] heard = new boolean[1];
        ReplayMemory memory = new ReplayMemory() {
            @Override
            public CompletableFuture<Use> use(TransactionId id, Instant issued, Instant expires) {
                heard[0] = true;
                return CompletableFuture.completedFuture(Use.FIRST);
            }

            @Override
            public void close() {}
        };
        TokenVerifier verifier = new TokenVerifier(KEYS, memory);
        Verdict verdict = Cost.bounded(token.length(), () -> verifier.verify(token, EXPECTED, NOW));
        if (token.equals(TOKEN)) {
            Holds.that(verdict instanceof Verdict.Accepted, "the good token is refused");
            return;
        }
        if (!(verdict instanceof Verdict.Rejected rejected) || !BEFORE_CLAIMS.contains(rejected.refusal())) {
            throw new AssertionError("a token that nobody issued came to " + verdict);
        }
        Holds.that(!heard[0], "the memory of tokens heard of one that nobody issued");
        inspect(token, rejected.refusal());
    }

    /** Looking into a token believes nothing and hides numbers. */
    private static void inspect(String token, SetupRefusal refusal) {
        TokenInspector.Inspection hidden =
                Cost.bounded(token.length(), () -> TokenInspector.inspect(token, TokenInspector.Secrets.MASKED));
        TokenInspector.inspect(token, TokenInspector.Secrets.SHOWN);
        if (refusal == SetupRefusal.TOKEN_MALFORMED && token.equals(token.strip())) {
            Holds.that(hidden.refusal() != null, "an inspection finds nothing wrong with a malformed token");
        }
        Holds.that(!hidden.toString().contains(EXPECTED.called().digits()) || !isClaim(hidden), "a number is shown");
    }

    private static boolean isClaim(TokenInspector.Inspection inspection) {
        return EXPECTED.called().digits().equals(inspection.claims().get("called"));
    }
}
