package org.callclear.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T12:00:00Z, 2026-11-23T12:00:00.000Z",
        "2026-11-23T12:00:00.5Z, 2026-11-23T12:00:00.500Z",
        "2026-11-23T12:00:00.05Z, 2026-11-23T12:00:00.050Z",
        "2024-02-29T23:59:59.999Z, 2024-02-29T23:59:59.999Z"
    })
    void aTimeIsReadToTheMillisecond(String text, String same) {
        assertThat(UtcTime.parse(text)).isEqualTo(Instant.parse(text));
        assertThat(UtcTime.format(Instant.parse(text))).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-23",
                "2026-11-23T12:00Z",
                "2026-11-23T12:00:00",
                "2026-11-23T12:00:00.Z",
                "2026-11-23T12:00:00.0001Z",
                "2026-11-23T12:00:00+00:00",
                "2026-11-23t12:00:00z",
                "2026-11-23 12:00:00Z",
                "2026-13-01T00:00:00Z",
                "2025-02-29T00:00:00Z",
                "2026-11-23T24:00:00Z",
                "2026-11-23T12:00:60Z",
                "+026-11-23T12:00:00Z",
                "2026-11-23T12:00:00,5Z",
                "2026-11-23T12:00:00.-1Z",
                "٢٠٢٦-11-23T12:00:00Z"
            })
    void whatIsNoSuchTimeIsNone(String text) {
        assertThat(UtcTime.parse(text)).isNull();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Instant instant = Instant.ofEpochMilli(1_700_000_000_007L);

        assertThat(UtcTime.parse(UtcTime.format(instant))).isEqualTo(instant);
    }
}
