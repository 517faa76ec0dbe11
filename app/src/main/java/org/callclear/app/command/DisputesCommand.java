package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.callclear.app.logview.Numbers;
import org.callclear.app.settling.DisputeBook;
import org.callclear.app.settling.DisputeCommand;
import org.callclear.app.settling.DisputeWish;
import org.callclear.app.settling.SettlingException;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code disputes list}, {@code disputes show} and {@code disputes resolve}. */
@Command(name = "disputes", description = "Calls whose reports do not match, and what people decide about them.")
final class DisputesCommand {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final Terminal terminal;
    private final Clock clock;

    DisputesCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /** The states a dispute is in. */
    enum State {
        OPEN,
        ACCEPTED,
        REJECTED,
        SPLIT,
        WITHDRAWN
    }

    /** The decisions there are. */
    enum Verdict {
        ACCEPTED,
        REJECTED,
        SPLIT,
        WITHDRAWN
    }

    /** A talk time, s. */
    static final class WholeSeconds implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (!text.matches("[0-9]{1,18}")) {
                throw new TypeConversionException("'" + text + "': must be whole seconds, such as 90");
            }
            return Long.valueOf(text);
        }
    }

    @Command(name = "list", description = "Lists the disputes as they stand, those of the earliest calls first.")
    int list(
            @Mixin Target target,
            @Option(names = "--carrier", paramLabel = "C", description = "only with this carrier on either side")
                    @Nullable
                    String carrier,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "only those that are ${COMPLETION-CANDIDATES}")
                    @Nullable
                    State state,
            @Option(
                            names = "--period",
                            paramLabel = "P",
                            description = "only those whose amounts stand in this period, such as 2026-11")
                    @Nullable
                    String period,
            @Option(names = "--json", description = "print as JSON") boolean json) {
        if (period != null) {
            PeriodCommands.requireForm("--period", period);
        }
        KafkaAccess access = target.reading(Topic.DISPUTES);
        if (carrier != null) {
            NamedCarrier.known(carrier, access);
        }
        List<Dispute> found = readable(() -> DisputeBook.read(access))
                .latest(new DisputeBook.Wanted(carrier, state == null ? null : state.name(), period));
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            found.forEach(dispute -> array.add(DisputeJson.of(dispute, Numbers.MASKED)));
            terminal.print(array);
        } else {
            terminal.print(DisputeText.list(found));
        }
        return 0;
    }

    @Command(name = "show", description = "Shows all states of a dispute in order, with the evidence.")
    int show(
            @Mixin Target target,
            @Parameters(paramLabel = "ID", description = "the dispute's id, as listed") String id,
            @Option(names = "--json", description = "print one JSON object") boolean json,
            @Option(names = "--numbers", description = "show whole phone numbers, to who may see them")
                    boolean wholeNumbers) {
        KafkaAccess access = target.reading(Topic.DISPUTES);
        Numbers numbers = Target.numbers(access, wholeNumbers);
        List<Dispute> states = readable(() -> DisputeBook.read(access)).states(id);
        if (states.isEmpty()) {
            throw none(id);
        }
        if (json) {
            terminal.print(DisputeJson.of(states, numbers));
        } else {
            terminal.print(DisputeText.of(states, numbers));
        }
        return 0;
    }

    @Command(name = "resolve", description = "Decides an open dispute, for good: the books follow at once.")
    int resolve(
            @Mixin Target target,
            @Parameters(paramLabel = "ID", description = "the dispute's id, as listed") String id,
            @Option(
                            names = "--as",
                            paramLabel = "DECISION",
                            required = true,
                            description = {
                                "ACCEPTED: all that is claimed settles;",
                                "SPLIT: the talk time that --seconds or --percent names;",
                                "REJECTED, WITHDRAWN: no more than settled"
                            })
                    Verdict as,
            @Option(
                            names = "--seconds",
                            paramLabel = "N",
                            converter = WholeSeconds.class,
                            description = "with SPLIT: the talk time that settles, whole seconds")
                    @Nullable
                    Long seconds,
            @Option(
                            names = "--percent",
                            paramLabel = "P",
                            description =
                                    "with SPLIT: how much settles of what is claimed beyond what settled, 0 to 100")
                    @Nullable
                    BigDecimal percent,
            @Option(names = "--by", paramLabel = "NAME", required = true, description = "who decides") String by,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why") String reason,
            @Option(names = "--json", description = "print the outcome as JSON") boolean json) {
        DisputeWish wish = new DisputeWish(Resolution.valueOf(as.name()), seconds, percent, by, reason);
        if (!wish.faults().isEmpty()) {
            throw new CommandException(wish.faults());
        }
        KafkaAccess access = target.access();
        Dispute dispute = readable(() -> DisputeBook.read(access)).latest(id).orElseThrow(() -> none(id));
        try (DisputeCommand command = DisputeCommand.open(access, clock)) {
            CommandOutcome outcome = readable(() -> command.resolve(dispute, wish, WITHIN));
            if (outcome.getOutcome() != OutcomeKind.ACCEPTED) {
                throw new CommandException(id + ": refused: " + OutcomeDetail.of(outcome));
            }
            print(id, outcome, json);
        }
        return 0;
    }

    private void print(String id, CommandOutcome outcome, boolean json) {
        if (json) {
            terminal.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("disputeId", id)
                    .put("commandId", outcome.getCommandId())
                    .put("outcome", outcome.getOutcome().name())
                    .put("detail", OutcomeDetail.of(outcome)));
        } else {
            terminal.print(OutcomeDetail.of(outcome));
        }
    }

    private static CommandException none(String id) {
        return new CommandException("dispute '" + id + "': there is none");
    }

    private static <T> T readable(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (SettlingException e) {
            throw new CommandException(String.valueOf(e.getMessage()).lines().toList());
        }
    }
}
