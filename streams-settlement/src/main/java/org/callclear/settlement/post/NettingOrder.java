package org.callclear.settlement.post;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.callclear.schemas.avro.PostNetting;
import org.callclear.settlement.period.Period;
import org.jspecify.annotations.Nullable;

/**
 * In what order the periods of a currency may be paid: each ends on a later day than all that were paid before. A netting
 * pays all that is open from before its last day, whatever the lengths and zones of the periods, so one that ends no later
 * would pay some of it again.
 */
public final class NettingOrder {
    private static final String LAST = "last|";

    private NettingOrder() {}

    /** What is to become of a netting. */
    public sealed interface Decision {
        /** @param known what is to be kept from now on, by key */
        record Pay(Map<String, String> known) implements Decision {}

        /** The same command came before; it is answered the same and does nothing. */
        record Repeated() implements Decision {}

        /** @param why for the one who asked */
        record Refused(String why) implements Decision {}
    }

    /**
     * Decides on a netting.
     *
     * @param known what earlier {@link Decision.Pay} gave to be kept, by key; gives null for a key that was not
     */
    public static Decision decide(PostNetting netting, UnaryOperator<@Nullable String> known) {
        Optional<LocalDate> lastDay = lastDay(netting.getPeriod());
        if (lastDay.isEmpty()) {
            return new Decision.Refused("'" + netting.getPeriod() + "' is no period");
        }
        String currency = netting.getCurrency();
        @Nullable String command = known.apply(key(netting.getPeriod(), currency));
        if (netting.getCommandId().equals(command)) {
            return new Decision.Repeated();
        }
        @Nullable String latest = known.apply(LAST + currency);
        if (command != null
                || (latest != null && !lastDay.get().isAfter(lastDay(latest).orElseThrow()))) {
            return new Decision.Refused(why(netting, command, latest, known));
        }
        return new Decision.Pay(Map.of(
                key(netting.getPeriod(), currency), netting.getCommandId(), LAST + currency, netting.getPeriod()));
    }

    private static String why(
            PostNetting netting,
            @Nullable String command,
            @Nullable String latest,
            UnaryOperator<@Nullable String> known) {
        String currency = netting.getCurrency();
        return command != null
                ? netting.getPeriod() + " in " + currency + " was paid by command " + command
                : latest + " in " + currency + " was paid by command " + known.apply(key(latest, currency))
                        + ", with all that was open before its end; " + netting.getPeriod() + " ends no later";
    }

    private static String key(@Nullable String period, String currency) {
        return period + "|" + currency;
    }

    private static Optional<LocalDate> lastDay(String period) {
        return Period.parse(period).map(known -> known.next().start().minusDays(1));
    }
}
