package org.callclear.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.RememberedTokens.Knowledge;
import org.junit.jupiter.api.Test;

class RememberedTokensTest {
    private static final Instant EXPIRES = Samples.NOW.plusSeconds(60);

    @Test
    void theSetHoldsWhatASetWould() {
        Random random = new Random(5);
        TokenIds ids = new TokenIds();
        Set<TransactionId> model = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            // Few high halves and few low ones, so that places collide and ids come again; zero is among them.
            TransactionId id = id(random.nextInt(400), random.nextInt(400));
            assertThat(ids.contains(id)).isEqualTo(model.contains(id));
            assertThat(ids.add(id)).isEqualTo(model.add(id));
        }
        assertThat(ids.size()).isEqualTo(model.size());
    }

    @Test
    void itKeepsNoMoreThanItMayAndSaysSo() {
        RememberedTokens tokens = new RememberedTokens(1_000);
        for (int i = 0; i < 1_500; i++) {
            assertThat(tokens.add(id(1, i), EXPIRES)).isNotEqualTo(Knowledge.USED);
        }

        assertThat(tokens.size()).isEqualTo(1_000);
        assertThat(tokens.of(id(1, 999), EXPIRES)).isEqualTo(Knowledge.USED);
        assertThat(tokens.of(id(1, 1_000), EXPIRES)).isEqualTo(Knowledge.UNSURE);
        assertThat(tokens.of(id(2, 1), EXPIRES)).as("never seen").isEqualTo(Knowledge.UNSURE);
        assertThat(tokens.of(id(2, 1), EXPIRES.plusSeconds(1))).isEqualTo(Knowledge.NEW);
    }

    @Test
    void whatExpiredMakesRoomAndIsRefused() {
        RememberedTokens tokens = new RememberedTokens(10);
        for (int i = 0; i < 10; i++) {
            tokens.add(id(1, i), EXPIRES);
        }

        tokens.forget(EXPIRES);
        assertThat(tokens.size()).as("a span is not over").isEqualTo(10);
        tokens.forget(EXPIRES.plus(RememberedTokens.SPAN));

        assertThat(tokens.size()).isZero();
        assertThat(tokens.of(id(1, 3), EXPIRES)).isEqualTo(Knowledge.USED);
        assertThat(tokens.of(id(1, 3), EXPIRES.plusSeconds(3_600))).isEqualTo(Knowledge.NEW);
    }

    private static TransactionId id(long high, long low) {
        return new TransactionId("%016x%016x".formatted(high, low));
    }
}
