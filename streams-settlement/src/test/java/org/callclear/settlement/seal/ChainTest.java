package org.callclear.settlement.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.settlement.proof.Hashes;
import org.junit.jupiter.api.Test;

class ChainTest {
    private final Chain chain = new Chain();

    @Test
    void aCarriersFirstStatementNamesNone() {
        assertThat(chain.previous("acme")).isEmpty();
    }

    @Test
    void theNextOneNamesTheBytesOfTheLastAndNotTheDigestThatCameWithThem() {
        chain.add(statement("acme", 1));
        chain.add(statement("acme", 2));
        chain.add(statement("zenith", 1));

        assertThat(chain.previous("acme")).isEqualTo(Hashes.sha256(json("acme", 2)));
        assertThat(chain.has(new CarrierPeriod("acme", "2026-02"))).isTrue();
        assertThat(chain.has(new CarrierPeriod("zenith", "2026-02"))).isFalse();
    }

    @Test
    void draftsThatArePublishedAreNotDueAgain() {
        chain.add(statement("acme", 1));
        List<StatementDraft> drafts =
                List.of(draft("acme", 1), draft("acme", 2), draft("zenith", 1), draft("acme", 2), draft("acme", 3));

        assertThat(chain.due(drafts))
                .extracting(StatementDraft::getStatementId)
                .containsExactly("acme-2", "zenith-1", "acme-3");
    }

    @Test
    void oneThatIsMissingIsNotPassedOver() {
        chain.add(statement("acme", 1));

        assertThatThrownBy(() -> chain.due(List.of(draft("acme", 3))))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("draft acme-3: statement 2 of acme");
    }

    private static StatementDraft draft(String carrier, long sequence) {
        return new StatementDraft(
                carrier + "-" + sequence,
                carrier,
                "2026-0" + sequence,
                sequence,
                ByteBuffer.wrap(json(carrier, sequence)),
                ByteBuffer.allocate(32));
    }

    private static Statement statement(String carrier, long sequence) {
        return new Statement(
                carrier + "-" + sequence,
                carrier,
                "2026-0" + sequence,
                sequence,
                ByteBuffer.wrap(json(carrier, sequence)),
                ByteBuffer.wrap(new byte[32]));
    }

    private static byte[] json(String carrier, long sequence) {
        return ("{" + carrier + sequence + "}").getBytes(StandardCharsets.UTF_8);
    }
}
