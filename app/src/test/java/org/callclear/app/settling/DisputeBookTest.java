package org.callclear.app.settling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.callclear.schemas.avro.Dispute;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisputeBookTest {
    private static final Dispute OPEN = Disputes.open(60_000L, 120_000L);
    private static final Dispute SPLIT = Disputes.decided(OPEN, "SPLIT", "finance");

    @Test
    void theHighestRevisionHoldsWhateverTheOrder() {
        for (List<Dispute> order : List.of(List.of(OPEN, SPLIT), List.of(SPLIT, OPEN))) {
            DisputeBook book = DisputeBook.of(order);
            assertThat(book.latest(OPEN.getDisputeId())).contains(SPLIT);
            assertThat(book.states(OPEN.getDisputeId())).containsExactly(OPEN, SPLIT);
            assertThat(book.latest(new DisputeBook.Wanted(null, null, null))).containsExactly(SPLIT);
        }
        assertThat(DisputeBook.of(List.of(OPEN)).states("another")).isEmpty();
        assertThat(DisputeBook.of(List.of(OPEN)).latest("another")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "acme, , , true",
        "zenith, , , true",
        "lumen, , , false",
        ", SPLIT, , true",
        ", OPEN, , false",
        ", , 2026-11, true",
        ", , 2026-12, false",
        "acme, SPLIT, 2026-11, true"
    })
    void onlyTheWantedAreListed(
            @Nullable String carrier, @Nullable String state, @Nullable String period, boolean listed) {
        assertThat(DisputeBook.of(List.of(OPEN, SPLIT))
                        .latest(new DisputeBook.Wanted(carrier, state, period))
                        .isEmpty())
                .isEqualTo(!listed);
    }
}
