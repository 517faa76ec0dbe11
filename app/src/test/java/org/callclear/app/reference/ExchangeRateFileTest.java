package org.callclear.app.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import org.assertj.core.groups.Tuple;
import org.callclear.settlement.net.Quote;
import org.callclear.settlement.net.RateBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeRateFileTest {
    @ParameterizedTest
    @CsvSource({
        "rates-twice.csv, 4, date",
        "rates-unknown-currency.csv, 2, from",
        "rates-same-currency.csv, 2, to",
        "rates-eleven-decimals.csv, 2, rate",
        "rates-zero.csv, 2, rate",
        "rates-negative.csv, 2, rate",
        "rates-comma.csv, 2, rate",
        "rates-no-day.csv, 2, date",
        "rates-none.csv, 0, ''"
    })
    void aLieIsFoundWhereItStands(String file, long line, String field) {
        assertThat(bad(file).faults())
                .extracting(Fault::file, Fault::line, Fault::field)
                .containsExactly(Tuple.tuple(file, line, field));
    }

    @Test
    void everyFaultIsReportedAtOnceWithItsValue() {
        assertThat(bad("rates-many-lies.csv").faults())
                .extracting(Fault::line, Fault::field, Fault::value)
                .containsExactly(
                        Tuple.tuple(2L, "date", "27.11.2026"),
                        Tuple.tuple(4L, "from", "usd"),
                        Tuple.tuple(4L, "rate", "0"));
    }

    @Test
    void aFileThatIsNotThereIsAFault() {
        assertThat(ExchangeRateFile.read(Path.of("no-such-file.csv"))).isInstanceOf(Checked.Bad.class);
    }

    @Test
    void aGoodFileIsABookOfRates() {
        Checked<RateBook> read = ExchangeRateFile.read("rates-good.csv", bytes("rates-good.csv"));

        assertThat(read).isInstanceOf(Checked.Good.class);
        RateBook rates = ((Checked.Good<RateBook>) read).value();
        LocalDate end = LocalDate.parse("2026-11-30");
        assertThat(rates.quote("JPY", "EUR", end))
                .isEqualTo(
                        new Quote.Found("JPY", "EUR", LocalDate.parse("2026-11-27"), new BigDecimal("0.0058"), false));
        assertThat(rates.quote("USD", "EUR", end))
                .isEqualTo(new Quote.Found("USD", "EUR", end, new BigDecimal("1.0850"), true));
    }

    private static Checked.Bad<RateBook> bad(String file) {
        Checked<RateBook> read = ExchangeRateFile.read(file, bytes(file));
        assertThat(read).isInstanceOf(Checked.Bad.class);
        return (Checked.Bad<RateBook>) read;
    }

    private static byte[] bytes(String file) {
        try (InputStream in = ExchangeRateFileTest.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
