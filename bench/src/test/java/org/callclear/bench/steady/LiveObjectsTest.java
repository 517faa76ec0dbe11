package org.callclear.bench.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveObjectsTest {
    private static final String CALL = "org.callclear.clearinghouse.limit.TrackedCall";

    private static final LiveObjects BEFORE = LiveObjects.of("""
            4711:
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:          1000          48000  [B (java.base@25.0.3)
               2:            10            720  org.callclear.clearinghouse.limit.TrackedCall
               3:             5            160  java.util.UUID (java.base@25.0.3)
            Total          1015          48880
            """);

    private static final LiveObjects AFTER = LiveObjects.of("""
               1:          1100          50000  [B (java.base@25.0.3)
               2:            60           4320  org.callclear.clearinghouse.limit.TrackedCall
               3:             4            128  java.util.UUID (java.base@25.0.3)
               4:             2             48  java.lang.Double (java.base@25.0.3)
            Total          1166          54496
            """);

    @Test
    void theWholeIsWhatTheMachineSaysItIs() {
        assertThat(BEFORE.bytes()).isEqualTo(48_880);
        assertThat(AFTER.bytes()).isEqualTo(54_496);
    }

    @Test
    void whatGrewMostComesFirstAndWhatShrankNotAtAll() {
        assertThat(AFTER.since(BEFORE))
                .containsExactly(
                        new LiveObjects.Growth(CALL, 50, 3_600),
                        new LiveObjects.Growth("[B", 100, 2_000),
                        new LiveObjects.Growth("java.lang.Double", 2, 48));
    }

    @Test
    void aBookGrowsByItsCalls() {
        assertThat(Book.LIMITS.growth(BEFORE, AFTER)).isEqualTo(50L * Book.LIMITS.bytesEach());
        assertThat(Book.PROXIES.growth(BEFORE, AFTER)).isZero();
    }

    /** One that was renamed would be found nowhere, and what grows by design would look like a leak. */
    @ParameterizedTest
    @EnumSource(Book.class)
    void theClassOfABookIsThere(Book book) {
        assertThatCode(() -> Class.forName(book.counted())).doesNotThrowAnyException();
    }
}
