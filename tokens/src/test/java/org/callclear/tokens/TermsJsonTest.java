package org.callclear.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TermsJsonTest {
    private static final Instant AT = Samples.NOW.plusSeconds(60);
    private static final BigDecimal RATE = new BigDecimal("0.020000");

    static Stream<UnaryOperator<RateTerms.Builder>> eachAlone() {
        return Stream.of(
                terms -> terms.setFreeSeconds(1),
                terms -> terms.setFreeSecondsRule(FreeSecondsRule.THRESHOLD),
                terms -> terms.setMinimumCharge(new BigDecimal("0.000001")),
                terms -> terms.setAttemptFee(new BigDecimal("999999999999.999999")),
                terms -> terms.setRateChanges(List.of(new RateChange(AT, RATE, "44"))),
                terms -> terms.setPeriodLength(PeriodLength.DAY),
                terms -> terms.setPeriodZone("America/Argentina/Buenos_Aires"),
                terms -> terms.setPeriodZone("+05:30"));
    }

    @ParameterizedTest
    @MethodSource("eachAlone")
    void whatIsUnusualComesBackAsItWas(UnaryOperator<RateTerms.Builder> change) {
        RateTerms usual = Samples.claims(Samples.terms("0.010200")).terminationTerms();
        Claims claims = Samples.claims(change.apply(RateTerms.newBuilder(usual)).build());

        Claims read = ClaimsJson.decode(claims.toJson());

        assertThat(read).isEqualTo(claims);
        assertThat(read.terminationTerms()).isNotEqualTo(usual);
    }

    @Test
    void theTokenOfAPlainContractSaysNothingOfTheUnusual() {
        assertThat(new String(Samples.CLAIMS.toJson(), StandardCharsets.UTF_8))
                .doesNotContain("freeSeconds", "minimumCharge", "attemptFee", "rateChanges", "period");
    }

    @Test
    void amountsOfOtherScalesSignToTheSameBytes() {
        RateTerms otherScales = RateTerms.newBuilder(Samples.unusualTerms())
                .setMinimumCharge(new BigDecimal("0.03"))
                .setRateChanges(List.of(
                        new RateChange(Samples.NOW.plusMillis(1500), new BigDecimal("0.0204"), "44207"),
                        new RateChange(Samples.NOW.plusSeconds(3600), BigDecimal.ZERO, "44")))
                .build();

        assertThat(Samples.claims(otherScales).toJson())
                .isEqualTo(Samples.claims(Samples.unusualTerms()).toJson());
    }

    static Stream<UnaryOperator<RateTerms.Builder>> outOfRange() {
        RateChange change = new RateChange(AT, RATE, "44");
        return Stream.of(
                terms -> terms.setFreeSeconds(-1),
                terms -> terms.setMinimumCharge(new BigDecimal("-0.01")),
                terms -> terms.setMinimumCharge(new BigDecimal("0.0000001")),
                terms -> terms.setAttemptFee(new BigDecimal("1000000000000")),
                terms -> terms.setRateChanges(List.of(change, change)),
                terms -> terms.setRateChanges(List.of(new RateChange(Instant.EPOCH, RATE, "44"))),
                terms -> terms.setRateChanges(List.of(new RateChange(AT, RATE.negate(), "44"))),
                terms -> terms.setRateChanges(List.of(new RateChange(AT, RATE, ""))),
                terms -> terms.setPeriodZone(""),
                terms -> terms.setPeriodZone("Europe\nBerlin"));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void whatIsOutOfItsRangeCannotBeSigned(UnaryOperator<RateTerms.Builder> change) {
        RateTerms terms =
                change.apply(RateTerms.newBuilder(Samples.unusualTerms())).build();

        assertThatThrownBy(() -> Samples.claims(terms)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPersonSeesEachRateChange() {
        String token = Samples.sign(Samples.STRANGER, Samples.claims(Samples.unusualTerms()));

        Object shown = TokenInspector.inspect(token, TokenInspector.Secrets.MASKED)
                .claims()
                .get("terminationTerms");

        Map<?, ?> terms = (Map<?, ?>) Objects.requireNonNull(shown);
        assertThat(terms.get("minimumCharge")).isEqualTo("0.030000");
        assertThat((List<?>) terms.get("rateChanges"))
                .hasSize(2)
                .first()
                .isEqualTo(Map.of(
                        "atMillis",
                        Samples.NOW.plusMillis(1500).toEpochMilli(),
                        "ratePerMinute",
                        "0.020400",
                        "prefix",
                        "44207"));
    }
}
