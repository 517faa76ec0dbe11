package org.callclear.app.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.callclear.app.reference.ReferenceData;
import org.callclear.app.rerating.RerateRun;
import org.callclear.app.rerating.Scope;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is to be priced anew, and on whose behalf. */
final class RerateOptions {
    private static final int LONGEST_TEXT = 500;

    @Option(names = "--contract", paramLabel = "C", required = true, description = "calls that it priced")
    private String contract = "";

    @Option(
            names = "--from",
            paramLabel = "T",
            required = true,
            description =
                    "answered from here on: a day in the zone of the contract's periods, or an instant of RFC 3339")
    private String from = "";

    @Option(names = "--to", paramLabel = "T", required = true, description = "answered before this: likewise")
    private String to = "";

    @Option(
            names = "--granted",
            description = "also calls that were authorized here: the price on the originating side")
    private boolean granted;

    @Option(names = "--dry-run", description = "only show what would change; write nothing")
    private boolean dryRun;

    @Option(names = "--by", paramLabel = "NAME", defaultValue = "", description = "who asks; needed but for --dry-run")
    private String by = "";

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "why; likewise")
    private String reason = "";

    @Option(names = "--run", paramLabel = "ID", description = "go on with a run that ended half-way")
    private @Nullable String run;

    boolean dryRun() {
        return dryRun;
    }

    /** Whether a run that began earlier is to go on. */
    boolean continued() {
        return run != null;
    }

    /** The run, under a new id where none is to go on. */
    RerateRun run(Instant now) {
        String id = run == null ? UUID.randomUUID().toString() : run;
        return new RerateRun(id, by, reason, now.truncatedTo(ChronoUnit.MILLIS));
    }

    /**
     * Looks through what can be looked through without a system.
     *
     * @throws CommandException with a line for everything that is wrong
     */
    void check() {
        List<String> faults = new ArrayList<>();
        for (String[] bound : new String[][] {{"--from", from}, {"--to", to}}) {
            try {
                TimeBound.parse(bound[0], bound[1]);
            } catch (CommandException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        if (!dryRun) {
            text("--by", by, faults);
            text("--reason", reason, faults);
        }
        if (run != null && dryRun) {
            faults.add("--run " + run + ": a dry run writes nothing, so that it cannot go on with a run");
        } else if (run != null && !RerateRun.isId(run)) {
            faults.add("--run '" + run + "': must be the id of a run, as it was printed");
        }
        if (!faults.isEmpty()) {
            throw new CommandException(faults);
        }
    }

    /**
     * What is asked for, by the contracts and decks as they stand.
     *
     * @throws CommandException when there is no such contract, its deck is not whole, or the time is empty
     */
    Scope scope(ReferenceData known) {
        Contract terms = known.contracts().get(contract);
        if (terms == null) {
            throw new CommandException("--contract '" + contract + "': there is no such contract");
        }
        if (granted && terms.getSide() != Role.ORIGINATING) {
            throw new CommandException("--granted: goes with a contract of the originating side; '" + contract
                    + "' is of the terminating one, whose carrier holds signed terms");
        }
        ReferenceData.Deck deck = known.decks().get(terms.getDeck());
        if (deck == null) {
            throw new CommandException("--contract '" + contract + "': no revision of its rate deck '" + terms.getDeck()
                    + "' is complete");
        }
        ZoneId zone = ZoneId.of(terms.getPeriodZone());
        Instant begin = TimeBound.parse("--from", from).at(zone);
        Instant end = TimeBound.parse("--to", to).at(zone);
        if (!begin.isBefore(end)) {
            throw new CommandException("--to " + to + ": must come after --from " + from);
        }
        return new Scope(terms, deck.rates(), begin, end, granted);
    }

    private static void text(String option, String text, List<String> faults) {
        if (text.isEmpty()) {
            faults.add(option + ": was not given; it must be, as this is no --dry-run");
        } else if (text.isBlank() || text.length() > LONGEST_TEXT) {
            faults.add(
                    option + " of " + text.length() + " characters: must be 1 to " + LONGEST_TEXT + " and not blank");
        }
    }
}
