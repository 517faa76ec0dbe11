package org.callclear.bench.steady;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageTest {
    private static final Page PAGE = Page.read("""
            # HELP callclear_lag_records records behind
            # TYPE callclear_lag_records gauge
            callclear_lag_records{name="zenith-1/g1",party="gateway",reader="SETUP_REQUESTS"} 3.0
            callclear_lag_records{name="lumen-1/g1",party="gateway",reader="SETUP_REQUESTS"} 4.0
            callclear_lag_records{name="zenith-1/g1",party="gateway",reader="USED_TOKENS"} 1.5E3
            callclear_lag_records{name="lumen-1/g1",party="gateway",reader="USED_TOKENS"} NaN
            callclear_lag_records{name="settlement",party="settlement",reader="STATEMENT_DRAFTS"} NaN
            jvm_threads_live_threads 210.0
            jvm_memory_max_bytes +Inf
            """);

    @Test
    void lagsOfOneReaderAreAddedUp() {
        assertThat(PAGE.sumBy("callclear_lag_records", "reader"))
                .containsEntry("SETUP_REQUESTS", 7.0)
                .containsEntry("USED_TOKENS", 1_500.0);
    }

    @Test
    void aReaderThatHasReadNothingIsNotOneThatIsUpToDate() {
        assertThat(PAGE.sumBy("callclear_lag_records", "reader")).doesNotContainKey("STATEMENT_DRAFTS");
    }

    @Test
    void whatIsNotOnThePageIsNoNumber() {
        assertThat(PAGE.sum("jvm_threads_live_threads")).isEqualTo(210.0);
        assertThat(PAGE.sum("jvm_memory_max_bytes")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(PAGE.sum("callclear_proxy_open_calls")).isNaN();
    }
}
