package org.callclear.app.rerating;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.callclear.app.settling.CommandDesk;
import org.callclear.app.settling.SettlingException;
import org.callclear.app.settling.WholeTopic;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;

/**
 * Has calls priced anew: a command for each, in order of time. The commands of a run are numbered from 1 as they were written; a
 * run that ended half-way is continued under its id: what was written then is not written again, and what is still to be
 * done takes the numbers after it.
 *
 * @param id names the run, see {@link #isId}
 * @param by who asks
 * @param reason why
 * @param at when it is asked
 */
public record RerateRun(String id, String by, String reason, Instant at) {
    private static final int LONGEST_ID = 48;
    private static final Duration STALLED = Duration.ofSeconds(60);

    /** Whether a text may name a run: 1 to 48 letters, digits, dots, underscores and hyphens. */
    public static boolean isId(String text) {
        return text.length() <= LONGEST_ID && text.matches("[A-Za-z0-9._-]+");
    }

    /**
     * What a run came to.
     *
     * @param sent commands that were written now
     * @param before commands that the run had written earlier
     * @param accepted of all of them, those that settlement obeyed
     * @param refusals of all of them, those that it refused
     * @param unanswered of all of them, those that it has not answered in time; they stand and will be obeyed
     */
    public record Result(int sent, int before, int accepted, List<Refusal> refusals, int unanswered) {}

    /** A command that settlement refused, and why. */
    public record Refusal(String commandId, String callId, int leg, String detail) {}

    /**
     * Writes the commands that are not written yet, and waits for what becomes of all of the run's.
     *
     * @param access of the party {@code administration}
     * @param continued whether the run may have written commands before
     * @throws SettlingException when commands cannot be read or written
     */
    public Result send(KafkaAccess access, Rerating rerating, boolean continued) {
        List<RerateCall> before = continued ? written(access) : List.of();
        List<RerateCall> now = commands(rerating, before);
        List<CommandDesk.Order> orders = now.stream()
                .map(command -> new CommandDesk.Order(command.getCallId(), command.getCommandId(), command))
                .toList();
        List<String> earlier = before.stream().map(RerateCall::getCommandId).toList();
        try (CommandDesk desk = CommandDesk.open(access, "rerate")) {
            Map<String, CommandOutcome> outcomes = desk.sendAndWaitForAll("run " + id, orders, earlier, STALLED);
            return result(before, now, outcomes);
        }
    }

    /**
     * The commands that are still to be written.
     *
     * @param before those that the run has written already
     */
    List<RerateCall> commands(Rerating rerating, Collection<RerateCall> before) {
        Set<String> known = new HashSet<>();
        int number = 0;
        for (RerateCall command : before) {
            known.add(key(command.getCallId() + "/" + command.getLeg(), command.getSide()));
            number = Math.max(number, numberOf(command));
        }
        List<RerateCall> commands = new ArrayList<>();
        for (Verdict.Changes change : rerating.changes()) {
            if (!known.contains(key(change.call().id(), rerating.scope().side()))) {
                number++;
                commands.add(command(change, rerating.scope(), number));
            }
        }
        return commands;
    }

    private RerateCall command(Verdict.Changes change, Scope scope, int number) {
        return new RerateCall(
                id + "-" + number,
                id,
                change.call().callId(),
                change.call().leg(),
                scope.side(),
                change.terms(),
                by,
                at,
                reason);
    }

    private List<RerateCall> written(KafkaAccess access) {
        List<RerateCall> written = new ArrayList<>();
        WholeTopic.read(access, Topic.COMMANDS, record -> {
            if (record instanceof RerateCall command && command.getRunId().equals(id)) {
                written.add(command);
            }
        });
        return written;
    }

    private static Result result(List<RerateCall> before, List<RerateCall> now, Map<String, CommandOutcome> outcomes) {
        List<RerateCall> all = new ArrayList<>(before);
        all.addAll(now);
        List<Refusal> refusals = new ArrayList<>();
        for (RerateCall command : all) {
            CommandOutcome outcome = outcomes.get(command.getCommandId());
            if (outcome != null && outcome.getOutcome() != OutcomeKind.ACCEPTED) {
                refusals.add(new Refusal(
                        command.getCommandId(), command.getCallId(), command.getLeg(), outcome.getDetail()));
            }
        }
        return new Result(
                now.size(), before.size(), outcomes.size() - refusals.size(), refusals, all.size() - outcomes.size());
    }

    private static String key(String attempt, Role side) {
        return attempt + "/" + side;
    }

    /** 0 for a command that was not written here. */
    private int numberOf(RerateCall command) {
        String number =
                command.getCommandId().substring(Math.min(command.getCommandId().length(), id.length() + 1));
        return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 0;
    }
}
