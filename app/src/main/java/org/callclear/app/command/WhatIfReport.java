package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.callclear.app.reference.Checked;
import org.callclear.app.reference.ContractFile;
import org.callclear.app.reference.DeckFile;
import org.callclear.app.reference.DeckImport;
import org.callclear.app.reference.ReferenceData;
import org.callclear.app.replaying.OtherTerms;
import org.callclear.app.replaying.WhatIf;
import org.callclear.schemas.rating.RateDeck;
import org.jspecify.annotations.Nullable;

/**
 * What a statement would have come to, told.
 *
 * @param statementId the published one
 */
record WhatIfReport(String statementId, WhatIf result, OtherTerms terms) {
    private static final String AGREED = "nothing is imported";

    /**
     * The terms that a file brings: a deck's when its first line is a deck's, else contracts'.
     *
     * @param deck the deck's name; null for the file's
     * @throws CommandException when it has faults, or nothing goes by it
     */
    static OtherTerms terms(Path file, @Nullable String deck, ReferenceData known, Instant now) throws IOException {
        if (!isDeck(file)) {
            return OtherTerms.of(good(ContractFile.read(file, known)), known);
        }
        String name = deck != null ? deck : String.valueOf(file.getFileName()).replaceFirst("\\.csv$", "");
        if (!known.decks().containsKey(name)) {
            throw new CommandException("deck '" + name + "': there is no such rate deck; name one with --deck");
        }
        DeckImport work = new DeckImport(name, "", DeckImport.Mode.REPLACE, AGREED, AGREED, now);
        return OtherTerms.of(
                RateDeck.of(
                        name, 0, good(work.check(DeckFile.draft(file), known)).rows()),
                known);
    }

    private static boolean isDeck(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return false;
        }
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("").contains("prefix");
        } catch (IOException e) {
            throw new CommandException("--with " + file + ": cannot be read: " + Failures.why(e));
        } catch (UncheckedIOException e) { // as the lines are read: a directory, or bytes that are no UTF-8
            throw new CommandException(
                    "--with " + file + ": cannot be read: " + Failures.why(Objects.requireNonNull(e.getCause())));
        }
    }

    private static <T> T good(Checked<T> checked) {
        return switch (checked) {
            case Checked.Good<T> good -> good.value();
            case Checked.Bad<T> bad -> throw ReferenceCommand.refusal(bad.faults());
        };
    }

    String text() {
        TextTable lines = new TextTable(
                "kind",
                "side",
                "counterparty",
                "destination",
                "prefix",
                "published",
                "replayed",
                "difference",
                "currency");
        for (WhatIf.Line line : result.lines()) {
            WhatIf.Name name = line.name();
            lines.row(
                    name.kind(),
                    name.side(),
                    name.counterparty(),
                    name.destination(),
                    name.prefix(),
                    plain(line.published()),
                    plain(line.replayed()),
                    plain(line.difference()),
                    name.currency());
        }
        TextTable totals = new TextTable("payable", "published", "replayed", "difference");
        result.totals()
                .forEach(sum -> totals.row(
                        sum.currency(), plain(sum.published()), plain(sum.replayed()), plain(sum.difference())));
        return "Statement " + statementId + " by other terms (" + terms.replaced() + " terms replaced"
                + (terms.unpriced() == 0
                        ? ""
                        : ", " + terms.unpriced() + " left or without a price: none for the number")
                + "); nothing was written.\n" + lines + "\n\n" + totals;
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("statement", statementId)
                .put("replaced", terms.replaced())
                .put("unpriced", terms.unpriced());
        ArrayNode lines = json.putArray("lines");
        for (WhatIf.Line line : result.lines()) {
            WhatIf.Name name = line.name();
            amounts(
                    lines.addObject()
                            .put("kind", name.kind())
                            .put("side", name.side())
                            .put("counterparty", name.counterparty())
                            .put("destination", name.destination())
                            .put("prefix", name.prefix())
                            .put("originPeriod", name.originPeriod())
                            .put("disputeClass", name.disputeClass())
                            .put("currency", name.currency()),
                    List.of(line.published(), line.replayed(), line.difference()));
        }
        ArrayNode totals = json.putArray("totals");
        result.totals()
                .forEach(sum -> amounts(
                        totals.addObject().put("currency", sum.currency()),
                        List.of(sum.published(), sum.replayed(), sum.difference())));
        return json;
    }

    private static void amounts(ObjectNode to, List<BigDecimal> amounts) {
        to.put("published", plain(amounts.get(0)))
                .put("replayed", plain(amounts.get(1)))
                .put("difference", plain(amounts.get(2)));
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
