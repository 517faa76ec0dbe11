package org.callclear.settlement.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all obligations. A failure names its seed; a seed alone repeats it. */
class AnyObligationsTest {
    private static final int RUNS = 500;

    static Stream<Long> seeds() {
        return new Random(20261123).longs(RUNS).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everySumIsZeroAndSettingOffTogetherNeverCostsMore(long seed) {
        List<Obligation> obligations = obligations(new Random(seed));

        Netting.of(obligations).forEach((currency, result) -> {
            assertThat(sum(result.positions().values())).isZero();
            assertThat(result.multilateral().total())
                    .isLessThanOrEqualTo(result.bilateral().total());
            assertThat(result.bilateral().total()).isLessThanOrEqualTo(result.gross());
            assertThat(result.multilateral().list())
                    .hasSizeLessThan(Math.max(1, result.positions().size()));
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everybodyHasTheSameNetInEveryMethod(long seed) {
        List<Obligation> obligations = obligations(new Random(seed));

        Netting.of(obligations).forEach((currency, result) -> {
            Map<String, BigDecimal> gross = nets(obligations.stream()
                    .filter(obligation -> obligation.currency().equals(currency))
                    .map(o -> new Move(o.debtor(), o.creditor(), o.amount())));
            assertThat(without0(result.positions())).isEqualTo(gross);
            assertThat(nets(moves(result.bilateral()))).isEqualTo(gross);
            assertThat(nets(moves(result.multilateral()))).isEqualTo(gross);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theOrderOfObligationsMakesNoDifference(long seed) {
        Random random = new Random(seed);
        List<Obligation> obligations = obligations(random);
        List<Obligation> shuffled = new ArrayList<>(obligations);
        Collections.shuffle(shuffled, random);

        assertThat(Netting.of(shuffled)).isEqualTo(Netting.of(obligations));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsPaidAndWhatIsCarriedSumToZeroAndToThePosition(long seed) {
        Random random = new Random(seed);
        Netting.of(obligations(random)).forEach((currency, result) -> {
            PaymentRun run = PaymentRun.of(currency, result.positions(), minimums(random));

            assertThat(sum(run.lines().stream().map(PaymentRun.Line::settled).toList()))
                    .isZero();
            assertThat(sum(run.lines().stream().map(PaymentRun.Line::carried).toList()))
                    .isZero();
            assertThat(run.lines())
                    .allSatisfy(line ->
                            assertThat(line.settled().add(line.carried())).isEqualByComparingTo(line.position()));
            Map<String, BigDecimal> settled = new HashMap<>();
            run.lines().forEach(line -> settled.put(line.participant(), line.settled()));
            assertThat(nets(moves(run.payments()))).isEqualTo(without0(settled));
        });
    }

    private record Move(String from, String to, BigDecimal amount) {}

    private static Stream<Move> moves(Payments payments) {
        return payments.list().stream().map(p -> new Move(p.from(), p.to(), p.amount()));
    }

    private static Map<String, BigDecimal> nets(Stream<Move> moves) {
        Map<String, BigDecimal> nets = new HashMap<>();
        moves.forEach(move -> {
            nets.merge(move.from(), move.amount().negate(), BigDecimal::add);
            nets.merge(move.to(), move.amount(), BigDecimal::add);
        });
        return without0(nets);
    }

    private static Map<String, BigDecimal> without0(Map<String, BigDecimal> amounts) {
        Map<String, BigDecimal> left = new HashMap<>();
        amounts.forEach((name, amount) -> {
            if (amount.signum() != 0) {
                left.put(name, amount.stripTrailingZeros());
            }
        });
        return left;
    }

    private static BigDecimal sum(Iterable<BigDecimal> amounts) {
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal amount : amounts) {
            sum = sum.add(amount);
        }
        return sum;
    }

    private static Map<String, BigDecimal> minimums(Random random) {
        Map<String, BigDecimal> minimums = new HashMap<>();
        for (int carrier = 0; carrier < 8; carrier++) {
            minimums.put("c" + carrier, BigDecimal.valueOf(random.nextLong(2_000_000_000L), 6));
        }
        return minimums;
    }

    private static List<Obligation> obligations(Random random) {
        int carriers = 2 + random.nextInt(7);
        List<Obligation> obligations = new ArrayList<>();
        for (int i = random.nextInt(60); i > 0; i--) {
            String debtor = name(random.nextInt(carriers));
            String creditor = name(random.nextInt(carriers));
            BigDecimal amount = BigDecimal.valueOf(random.nextLong(-2_000_000_000L, 2_000_000_000L), 6);
            if (!debtor.equals(creditor)) {
                obligations.add(new Obligation(
                        debtor, creditor, amount, List.of("EUR", "JPY", "BHD").get(random.nextInt(3))));
            }
        }
        return obligations;
    }

    private static String name(int carrier) {
        return carrier == 0 ? Netting.CLEARINGHOUSE : "c" + carrier;
    }
}
