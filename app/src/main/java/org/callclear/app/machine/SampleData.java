package org.callclear.app.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.callclear.app.reference.CarrierFile;
import org.callclear.app.reference.Checked;
import org.callclear.app.reference.ContractFile;
import org.callclear.app.reference.DeckFile;
import org.callclear.app.reference.DeckImport;
import org.callclear.app.reference.GatewayFile;
import org.callclear.app.reference.ReferenceData;
import org.callclear.app.reference.ReferenceUpdate;

/** Three carriers to begin with: Acme originates, Zenith and Lumen terminate. Files like any operator's. */
public final class SampleData {
    static final List<String> DECKS = List.of("acme-origination", "zenith-termination", "lumen-termination");

    private static final String CURRENCY = "EUR";

    private SampleData() {}

    /** What is known once the sample has been imported into nothing, and the records that say so. */
    public record Import(ReferenceData known, ReferenceUpdate update) {}

    /** @param now when it is imported */
    public static Import intoNothing(Instant now) {
        ReferenceData known = ReferenceData.empty();
        ReferenceUpdate update =
                ReferenceUpdate.carriers(good(CarrierFile.read("carriers.csv", bytes("carriers"))), known);
        known = known.after(update);
        for (String deck : DECKS) {
            DeckImport whole = DeckImport.whole(deck, CURRENCY, now);
            ReferenceUpdate next =
                    ReferenceUpdate.deck(good(whole.check(DeckFile.draft(deck + ".csv", bytes(deck)), known)), known);
            known = known.after(next);
            update = update.and(next);
        }
        ReferenceUpdate gateways =
                ReferenceUpdate.gateways(good(GatewayFile.read("gateways.csv", bytes("gateways"), known)), known);
        known = known.after(gateways);
        ReferenceUpdate contracts =
                ReferenceUpdate.contracts(good(ContractFile.read("contracts.csv", bytes("contracts"), known)), known);
        return new Import(known.after(contracts), update.and(gateways).and(contracts));
    }

    private static <T> T good(Checked<T> checked) {
        return switch (checked) {
            case Checked.Good<T> good -> good.value();
            case Checked.Bad<T> bad -> throw new IllegalStateException("the sample data is wrong: " + bad.faults());
        };
    }

    private static byte[] bytes(String name) {
        try (InputStream in = SampleData.class.getResourceAsStream("sample/" + name + ".csv")) {
            if (in == null) {
                throw new IllegalStateException("the program has no sample " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the sample " + name + " cannot be read", e);
        }
    }
}
