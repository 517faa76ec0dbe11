package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.callclear.app.config.Configurations;
import org.callclear.app.reference.CarrierFile;
import org.callclear.app.reference.Checked;
import org.callclear.app.reference.ContractFile;
import org.callclear.app.reference.Fault;
import org.callclear.app.reference.GatewayFile;
import org.callclear.app.reference.ReferenceData;
import org.callclear.app.reference.ReferenceExport;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.app.reference.ReferenceUpdate;
import org.callclear.app.reference.ReferenceWriter;
import org.callclear.app.topics.TopicApplier;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.wire.KafkaAccess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carriers}, {@code gateways} and {@code contracts}: import and export. */
abstract class ReferenceCommand {
    private static final int MOST_SHOWN = 50;

    final Terminal terminal;

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
            case Checked.Bad<T> bad -> throw refusal(bad.faults());
        };
    }

    /** Faults for people: the first of them, and how many there are. */
    static CommandException refusal(List<Fault> faults) {
        List<String> lines = new ArrayList<>(
                faults.stream().limit(MOST_SHOWN).map(Fault::toString).toList());
        if (faults.size() > MOST_SHOWN) {
            lines.add((faults.size() - MOST_SHOWN) + " more");
        }
        if (faults.size() > 1) {
            lines.add(faults.size() + " faults; nothing was imported");
        }
        return new CommandException(lines);
    }

    int run(Target target, boolean json, Reading reading) {
        report(write(target, reading), json);
        return 0;
    }

    /** Writes what is new, and says what it was. */
    ReferenceUpdate write(Target target, Reading reading) {
        KafkaAccess access = target.access();
        try (ReferenceWriter writer = ReferenceWriter.open(access)) {
            ReferenceData known = ReferenceTopics.read(access);
            ReferenceUpdate update = reading.update(known);
            Directory next = known.directoryAfter(update);
            if (!next.equals(known.directory())) {
                // Before the records: whoever reads them must find the topics.
                Configurations.Setup setup = target.setup();
                try (TopicApplier applier = TopicApplier.open(setup.access(), setup.rates())) {
                    applier.apply(next, line -> {});
                }
            }
            writer.write(update);
            return update;
        }
    }

    static ObjectNode asJson(ReferenceUpdate update) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ObjectNode written = result.putObject("written");
        update.counts().forEach(written::put);
        return result;
    }

    void report(ReferenceUpdate update, boolean json) {
        if (json) {
            terminal.print(asJson(update));
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
                description = "Takes a CSV or YAML file over: id,carrier,side,currency,deck and optional fields.")
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
}
