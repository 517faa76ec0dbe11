package org.callclear.proxy.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ForeignTextTest {
    @Test
    void anIdOfOursIsShownAsItIs() {
        assertThat(ForeignText.id("01a207d9-2100-7298-9b59-a80bcdb24ba1"))
                .isEqualTo("01a207d9-2100-7298-9b59-a80bcdb24ba1");
    }

    @Test
    void anIdCannotForgeALogLine() {
        assertThat(ForeignText.id("a\r\n12:00 ERROR\u001b[2J\u2028b")).isEqualTo("a??12?00?ERROR??2J?b");
    }

    @Test
    void aLongIdIsCut() {
        assertThat(ForeignText.id("a".repeat(1_000_000))).isEqualTo("a".repeat(64));
    }

    @Test
    void aReasonKeepsItsWordsButNoLineEnds() {
        assertThat(ForeignText.reason("gateway 'x\ny': must\u0085be")).isEqualTo("gateway 'x?y': must?be");
    }

    @Test
    void aLongReasonIsCut() {
        assertThat(ForeignText.reason("b".repeat(1_000_000))).isEqualTo("b".repeat(200));
    }

    @Test
    void whatIsMissingIsShownAsSuch() {
        assertThat(ForeignText.id(null)).isEqualTo("null");
        assertThat(ForeignText.reason(null)).isEqualTo("null");
    }
}
