package org.callclear.testkit.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.Claims;
import org.callclear.tokens.Expected;
import org.callclear.tokens.ReplayMemory;
import org.callclear.tokens.TokenVerifier;
import org.callclear.tokens.Verdict;
import org.junit.jupiter.api.Test;

class ForgedTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Expected EXPECTED = new Expected(
            "callclear",
            new GatewayId("zenith-1"),
            CallId.parse("019aaf8e-3c00-7000-8000-000000000001"),
            new TransactionId("0".repeat(32)),
            new CarrierId("acme"),
            new E164Number("4930123456"),
            new E164Number("442071234569"));
    private final Claims good = TestTokens.claims(EXPECTED, new CarrierId("zenith"), NOW);
    private final TokenVerifier verifier = new TokenVerifier(TestTokens.keyRing(), new Forgetful());

    @Test
    void theGoodTokenIsAccepted() {
        assertThat(verifier.verify(TestTokens.sign(good), EXPECTED, NOW)).isEqualTo(new Verdict.Accepted(good));
    }

    @Test
    void eachLieIsRefusedForItsReason() {
        for (Map.Entry<SetupRefusal, String> lie : new ForgedTokens(good).all().entrySet()) {
            assertThat(verifier.verify(lie.getValue(), EXPECTED, NOW)).isEqualTo(new Verdict.Rejected(lie.getKey()));
        }
        assertThat(verifier.verify(new ForgedTokens(good).signedByStranger(), EXPECTED, NOW))
                .isEqualTo(new Verdict.Rejected(SetupRefusal.BAD_SIGNATURE));
    }

    private static final class Forgetful implements ReplayMemory {
        @Override
        public CompletableFuture<Use> use(TransactionId id, Instant issued, Instant expires) {
            return CompletableFuture.completedFuture(Use.FIRST);
        }

        @Override
        public void close() {}
    }
}
