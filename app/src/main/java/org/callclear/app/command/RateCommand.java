package org.callclear.app.command;

import java.nio.file.Path;
import java.util.List;
import org.callclear.app.reference.DeckDraft;
import org.callclear.app.reference.DeckFile;
import org.callclear.app.reference.ReferenceData;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.rating.ExplainedStep;
import org.callclear.schemas.rating.ExplainedStep.Kind;
import org.callclear.schemas.rating.RateDeck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rate quote}. */
@Command(name = "rate", description = "Prices of calls.")
final class RateCommand {
    private final Terminal terminal;

    RateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "quote",
            description = {
                "The price of one call, and how it came about: by a contract and its deck as they stand now,",
                "or by a CSV file alone, which needs no system."
            })
    int quote(
            @Mixin QuoteOptions asked,
            @Mixin Target target,
            @Option(
                            names = "--explain",
                            negatable = true,
                            description = "show the steps (default in text, not in JSON)")
                    @Nullable
                    Boolean explain,
            @Option(names = "--json", description = "print one JSON object") boolean json) {
        Quotation.Call call = new Quotation.Call(asked.digits(), asked.answered(), asked.talkedMillis());
        Path file = asked.deck();
        Quotation quotation = file == null ? byContract(call, asked.contract(), target) : byFile(call, file, asked);
        if (json) {
            terminal.print(explain != null && explain ? quotation.explained() : quotation.result());
        } else {
            terminal.print(quotation.summary());
            if (explain == null || explain) {
                terminal.print("");
                terminal.print(quotation.story());
            }
        }
        return 0;
    }

    private static Quotation byFile(Quotation.Call call, Path file, QuoteOptions asked) {
        DeckDraft draft = DeckFile.draft(file);
        var rows = ReferenceCommand.good(DeckFile.check(draft, DeckFile.Overlaps.ALLOWED));
        Contract contract = Contract.newBuilder()
                .setId("quote")
                .setCarrier("quote")
                .setSide(Role.ORIGINATING)
                .setCurrency(asked.currency(draft.currency()))
                .setDeck("quoted")
                .setRevision(1)
                .setIncrementAnchor(asked.anchor())
                .build();
        String detail = file.getFileName() + ", " + rows.size() + " rows";
        return Quotation.of(
                call,
                contract,
                RateDeck.of(contract.getDeck(), 1, rows),
                List.of(new ExplainedStep(Kind.DECK, detail, "")));
    }

    private static Quotation byContract(Quotation.Call call, String id, Target target) {
        ReferenceData known = ReferenceTopics.read(target.access());
        Contract contract = known.contracts().get(id);
        if (contract == null) {
            throw new CommandException("--contract '" + id + "': there is no such contract");
        }
        ReferenceData.Deck deck = known.decks().get(contract.getDeck());
        if (deck == null) {
            throw new CommandException(
                    "--contract '" + id + "': no revision of its rate deck '" + contract.getDeck() + "' is complete");
        }
        return Quotation.of(call, contract, deck.rates(), origin(contract, deck.revision()));
    }

    private static List<ExplainedStep> origin(Contract contract, long deckRevision) {
        return List.of(
                new ExplainedStep(Kind.CONTRACT, words(contract), contract.getId()),
                new ExplainedStep(Kind.DECK, "revision " + deckRevision, contract.getDeck()));
    }

    private static String words(Contract contract) {
        return "revision " + contract.getRevision() + ", " + contract.getSide() + " side of " + contract.getCarrier()
                + ", " + contract.getCurrency()
                + (contract.getSplitAtRateChanges()
                        ? ", split at rate changes"
                        : ", the rate at the answer holds for the whole call");
    }
}
