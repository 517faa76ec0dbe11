package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.callclear.app.reference.Checked;
import org.callclear.app.reference.DeckDraft;
import org.callclear.app.reference.DeckFile;
import org.callclear.app.reference.DeckImport;
import org.callclear.app.reference.DeckImport.Mode;
import org.callclear.app.reference.DeckRevision;
import org.callclear.app.reference.Fault;
import org.callclear.app.reference.ReferenceData;
import org.callclear.app.reference.ReferenceExport;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.app.reference.ReferenceUpdate;
import org.callclear.schemas.call.PartyName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decks}: import and export. */
@Command(name = "decks", description = "Rate decks.")
final class DeckCommand extends ReferenceCommand {
    private final Clock clock;

    DeckCommand(Terminal terminal, Clock clock) {
        super(terminal);
        this.clock = clock;
    }

    /** How an import is to go. */
    static final class Wishes {
        @Option(
                names = {"--deck", "--name"},
                paramLabel = "NAME",
                description = "the deck (default: the file's name)")
        private @Nullable String name;

        @Option(
                names = "--currency",
                paramLabel = "CODE",
                defaultValue = "",
                description = "ISO 4217 currency of all rates (default: as the file says, else as before)")
        private String currency = "";

        @Option(names = "--changes", description = "the file holds only what changes; all other rows stay as they are")
        private boolean changes;

        @Option(
                names = "--agreed",
                paramLabel = "REASON",
                defaultValue = "",
                description = "increases were agreed: they need no notice")
        private String agreed = "";

        @Option(
                names = "--drop-history",
                paramLabel = "REASON",
                defaultValue = "",
                description = "the file may leave out prices of the past, which late usage records would need")
        private String dropped = "";

        @Option(names = "--report", paramLabel = "FILE", description = "write all faults there, as CSV")
        private @Nullable Path report;

        @Option(names = "--json", description = "print the result, or all faults, as JSON")
        private boolean json;
    }

    @Command(
            name = "import",
            description =
                    "Takes a CSV file over as a new revision of a deck, whole or not at all. Without --changes the "
                            + "file is the whole deck.")
    int importFile(@Mixin Target target, @Mixin Wishes wishes, @Parameters(paramLabel = "FILE") Path file) {
        DeckImport work = new DeckImport(
                name(wishes, file),
                wishes.currency,
                wishes.changes ? Mode.CHANGE : Mode.REPLACE,
                wishes.agreed.strip(),
                wishes.dropped.strip(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        DeckDraft draft = DeckFile.draft(file);
        String[] warning = {""};
        ReferenceUpdate update = write(target, known -> {
            DeckRevision revision = revision(work.check(draft, known), wishes);
            warning[0] = revision.warning();
            return ReferenceUpdate.deck(revision, known);
        });
        report(update, work, warning[0], wishes.json);
        return 0;
    }

    private static String name(Wishes wishes, Path file) {
        String deck = wishes.name != null
                ? wishes.name
                : String.valueOf(file.getFileName()).replaceFirst("\\.csv$", "");
        if (!PartyName.isValid(deck)) {
            throw new CommandException("deck '" + deck
                    + "': must be 2 to 32 lower-case letters, digits or hyphens, a letter first; give one with --deck");
        }
        return deck;
    }

    private DeckRevision revision(Checked<DeckRevision> checked, Wishes wishes) {
        return switch (checked) {
            case Checked.Good<DeckRevision> good -> good.value();
            case Checked.Bad<DeckRevision> bad -> {
                tell(bad.faults(), wishes);
                throw refusal(bad.faults());
            }
        };
    }

    private void tell(List<Fault> faults, Wishes wishes) {
        if (wishes.json) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode(faults.size());
            faults.forEach(fault -> list.addObject()
                    .put("line", fault.line())
                    .put("field", fault.field())
                    .put("value", fault.value())
                    .put("why", fault.why()));
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.set("faults", list);
            terminal.print(result);
        }
        if (wishes.report != null) {
            try {
                Files.writeString(wishes.report, ReferenceExport.faults(faults));
            } catch (IOException e) {
                throw new UncheckedIOException("the report cannot be written: " + e, e);
            }
            terminal.progress("all faults are in " + wishes.report);
        }
    }

    private void report(ReferenceUpdate update, DeckImport work, String warning, boolean json) {
        if (json) {
            ObjectNode result = asJson(update);
            result.put("deck", work.deck());
            result.put("warning", warning);
            result.put("agreed", work.agreed());
            terminal.print(result);
            return;
        }
        report(update, false);
        if (!warning.isEmpty()) {
            terminal.progress("warning: " + warning);
        }
        if (!work.agreed().isEmpty()) {
            terminal.progress("the notice of increases was not checked, as was agreed: " + work.agreed());
        }
    }

    @Command(name = "export", description = "Prints the latest revision of a deck as CSV.")
    int export(
            @Mixin Target target,
            @Parameters(paramLabel = "DECK", index = "0") String name,
            @Parameters(paramLabel = "FILE", index = "1", arity = "0..1") @Nullable Path file)
            throws IOException {
        ReferenceData.@Nullable Deck deck =
                ReferenceTopics.read(target.access()).decks().get(name);
        if (deck == null) {
            throw new CommandException("deck '" + name + "': there is no such rate deck");
        }
        export(ReferenceExport.deck(deck), file);
        return 0;
    }
}
