package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.callclear.app.reference.CarrierFile;
import org.callclear.app.reference.Checked;
import org.callclear.app.reference.ContractFile;
import org.callclear.app.reference.DeckFile;
import org.callclear.app.reference.Fault;
import org.callclear.app.reference.GatewayFile;
import org.callclear.app.reference.ReferenceData;
import org.callclear.app.reference.ReferenceExport;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.app.reference.ReferenceUpdate;
import org.callclear.app.reference.ReferenceWriter;
import org.callclear.app.topics.TopicApplier;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.wire.KafkaAccess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carriers}, {@code gateways}, {@code contracts} and {@code decks}: import and export. */
abstract class ReferenceCommand {
    private final Terminal terminal;

    ReferenceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Reads the file; called once without and once with what is known. */
    interface Reading {
        ReferenceUpdate update(ReferenceData known);
    }

    static <T> T good(Checked<T> checked) {
        return switch (checked) {
            case Checked.Good<T> good -> good.value();
            case Checked.Bad<T> bad -> {
                List<String> lines = new ArrayList<>(
                        bad.faults().stream().map(Fault::toString).toList());
                if (lines.size() > 1) {
                    lines.add(lines.size() + " faults; nothing was imported");
                }
                throw new CommandException(lines);
            }
        };
    }

    int run(Target target, boolean json, Reading reading) {
        KafkaAccess access = target.access();
        try (ReferenceWriter writer = ReferenceWriter.open(access)) {
            ReferenceData known = ReferenceTopics.read(access);
            ReferenceUpdate update = reading.update(known);
            ReferenceData next = known.after(update);
            if (!next.directory().equals(known.directory())) {
                // Before the records: whoever reads them must find the topics.
                try (TopicApplier applier = TopicApplier.open(access)) {
                    applier.apply(next.directory(), line -> {});
                }
            }
            writer.write(update);
            report(update, json);
        }
        return 0;
    }

    private void report(ReferenceUpdate update, boolean json) {
        if (json) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            ObjectNode written = result.putObject("written");
            update.counts().forEach(written::put);
            terminal.print(result);
        } else if (update.isEmpty()) {
            terminal.print("nothing new");
        } else {
            update.counts().forEach((topic, count) -> terminal.print(topic + ": " + count + " records written"));
        }
    }

    void export(String csv, @Nullable Path file) throws IOException {
        if (file == null) {
            terminal.out().print(csv);
            terminal.out().flush();
        } else {
            Files.writeString(file, csv);
        }
    }

    /** {@code carriers}. */
    @Command(name = "carriers", description = "The carriers that take part.")
    static final class Carriers extends ReferenceCommand {
        Carriers(Terminal terminal) {
            super(terminal);
        }

        @Command(name = "import", description = "Takes a CSV file over: id,name,status. Makes the carriers' topics.")
        int importFile(
                @Mixin Target target,
                @Parameters(paramLabel = "FILE") Path file,
                @Option(names = "--json", description = "print the result as JSON") boolean json) {
            var carriers = good(CarrierFile.read(file));
            return run(target, json, known -> ReferenceUpdate.carriers(carriers, known));
        }

        @Command(name = "export", description = "Prints the carriers as CSV.")
        int export(@Mixin Target target, @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file)
                throws IOException {
            export(
                    ReferenceExport.carriers(
                            ReferenceTopics.read(target.access()).carriers().values()),
                    file);
            return 0;
        }
    }

    /** {@code gateways}. */
    @Command(name = "gateways", description = "The gateways and what they serve.")
    static final class Gateways extends ReferenceCommand {
        Gateways(Terminal terminal) {
            super(terminal);
        }

        @Command(
                name = "import",
                description =
                        "Takes a CSV file over: id,carrier,prefixes,priority,channels,status. Makes the gateways' topics.")
        int importFile(
                @Mixin Target target,
                @Parameters(paramLabel = "FILE") Path file,
                @Option(names = "--json", description = "print the result as JSON") boolean json) {
            return run(target, json, known -> ReferenceUpdate.gateways(good(GatewayFile.read(file, known)), known));
        }

        @Command(name = "export", description = "Prints the gateways as CSV.")
        int export(@Mixin Target target, @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file)
                throws IOException {
            export(
                    ReferenceExport.gateways(
                            ReferenceTopics.read(target.access()).gateways().values()),
                    file);
            return 0;
        }
    }

    /** {@code contracts}. */
    @Command(name = "contracts", description = "What carriers pay and are paid.")
    static final class Contracts extends ReferenceCommand {
        Contracts(Terminal terminal) {
            super(terminal);
        }

        @Command(
                name = "import",
                description = "Takes a CSV file over: id,carrier,side,currency,deck and optional fields.")
        int importFile(
                @Mixin Target target,
                @Parameters(paramLabel = "FILE") Path file,
                @Option(names = "--json", description = "print the result as JSON") boolean json) {
            return run(target, json, known -> ReferenceUpdate.contracts(good(ContractFile.read(file, known)), known));
        }

        @Command(name = "export", description = "Prints the contracts as CSV.")
        int export(@Mixin Target target, @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file)
                throws IOException {
            export(
                    ReferenceExport.contracts(
                            ReferenceTopics.read(target.access()).contracts().values()),
                    file);
            return 0;
        }
    }

    /** {@code decks}. */
    @Command(name = "decks", description = "Rate decks.")
    static final class Decks extends ReferenceCommand {
        Decks(Terminal terminal) {
            super(terminal);
        }

        @Command(name = "import", description = "Takes a CSV file over as a new revision of a deck.")
        int importFile(
                @Mixin Target target,
                @Parameters(paramLabel = "FILE") Path file,
                @Option(names = "--name", paramLabel = "DECK", description = "the deck (default: the file's name)")
                        @Nullable
                        String name,
                @Option(names = "--json", description = "print the result as JSON") boolean json) {
            String deck =
                    name != null ? name : String.valueOf(file.getFileName()).replaceFirst("\\.csv$", "");
            if (!PartyName.isValid(deck)) {
                throw new CommandException(
                        "deck '" + deck
                                + "': must be 2 to 32 lower-case letters, digits or hyphens, a letter first; give one with --name");
            }
            List<RateRow> rows = good(DeckFile.read(file, DeckFile.Overlaps.REFUSED));
            return run(target, json, known -> ReferenceUpdate.deck(deck, rows, known));
        }

        @Command(name = "export", description = "Prints the latest revision of a deck as CSV.")
        int export(
                @Mixin Target target,
                @Parameters(paramLabel = "DECK", index = "0") String name,
                @Parameters(paramLabel = "FILE", index = "1", arity = "0..1") @Nullable Path file)
                throws IOException {
            ReferenceData.Deck deck =
                    ReferenceTopics.read(target.access()).decks().get(name);
            if (deck == null) {
                throw new CommandException("deck '" + name + "': there is no such rate deck");
            }
            export(ReferenceExport.deck(deck.rows()), file);
            return 0;
        }
    }
}
