package org.callclear.app.command;

import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code callclear}: all commands. */
@Command(
        name = "callclear",
        description = "A clearinghouse for voice calls between carriers.",
        synopsisSubcommandLabel = "COMMAND")
public final class Callclear {
    private Callclear() {}

    /**
     * The command line.
     *
     * @param terminal where results and errors go
     * @param in standard input
     * @param lifetime how long commands serve that serve
     * @param clock the time that commands are stamped with
     */
    public static CommandLine with(Terminal terminal, InputStream in, Lifetime lifetime, Clock clock) {
        CommandLine root = new CommandLine(new Callclear());
        for (Object command : List.of(
                new DemoCommand(terminal, lifetime, clock),
                new UpCommand(terminal, lifetime),
                new PartyCommand.OfProxy(terminal, lifetime),
                new PartyCommand.OfClearinghouse(terminal, lifetime),
                new PartyCommand.OfGateway(terminal, lifetime),
                new PartyCommand.OfSettlement(terminal, lifetime),
                new PartyCommand.OfPstn(terminal, lifetime),
                new TopicsCommand(terminal, clock),
                new CallCommand(terminal, clock),
                new ReferenceCommand.Carriers(terminal),
                new ReferenceCommand.Gateways(terminal),
                new ReferenceCommand.Contracts(terminal),
                new LimitsCommand(terminal),
                new DeckCommand(terminal, clock),
                new RateCommand(terminal),
                new TokenCommand(terminal, in),
                new KeysCommand(terminal, clock),
                new CertsCommand(terminal, clock),
                new PeriodCommands(terminal, clock),
                new DisputesCommand(terminal, clock),
                new RerateCommand(terminal, clock),
                new NetCommand(terminal, clock),
                new CdrsCommand(terminal, clock),
                new StatementCommand(terminal, ByteOutput.ofProcess()),
                audit(terminal, clock),
                new ArchiveCommand(terminal, clock))) {
            root.addSubcommand(command);
        }
        Failures failures = new Failures();
        root.registerConverter(Duration.class, new IsoDuration());
        root.setOut(terminal.out()).setErr(terminal.err());
        root.setExecutionExceptionHandler(failures).setParameterExceptionHandler(failures);
        addHelp(root);
        return root;
    }

    private static CommandLine audit(Terminal terminal, Clock clock) {
        return new CommandLine(new AuditCommand(terminal, clock)).addSubcommand(new ReplayCommand(terminal, clock));
    }

    private static void addHelp(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        spec.addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("show this help")
                .build());
        command.getSubcommands().values().forEach(Callclear::addHelp);
        if (!command.getSubcommands().isEmpty() || spec.parent() == null) {
            spec.addSubcommand("help", new CommandLine(new CommandLine.HelpCommand()));
        }
    }
}
