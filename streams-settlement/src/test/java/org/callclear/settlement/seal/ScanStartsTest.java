package org.callclear.settlement.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanStartsTest {
    @Test
    void whatIsKeptIsWhatIsRead() {
        ScanStarts starts = new ScanStarts(Map.of(0, 12L, 3, 0L, 11, 4_000_000_000_000L));

        assertThat(starts.text()).isEqualTo("postings 0:12 3:0 11:4000000000000");
        assertThat(ScanStarts.read(starts.text())).isEqualTo(starts);
    }

    @Test
    void aPartitionOfWhichNothingIsSaidBeginsAtItsBeginning() {
        assertThat(new ScanStarts(Map.of(1, 5L)).of(0)).isZero();
        assertThat(ScanStarts.read("postings")).isEqualTo(ScanStarts.BEGINNING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0:12",
                "postings 0:-1",
                "postings 0:x",
                "postings 0:1,1:2",
                "postings 0:12345678901234567890"
            })
    void aTextOfSomebodyElseMeansTheBeginning(String text) {
        assertThat(ScanStarts.read(text)).isEqualTo(ScanStarts.BEGINNING);
    }

    @Test
    void tooManyPartitionsAreLeftOutAltogether() {
        ScanStarts many = new ScanStarts(
                IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(i -> i, i -> 1_000_000L + i)));

        assertThat(many.text()).isEmpty();
        assertThat(ScanStarts.read(many.text())).isEqualTo(ScanStarts.BEGINNING);
    }
}
