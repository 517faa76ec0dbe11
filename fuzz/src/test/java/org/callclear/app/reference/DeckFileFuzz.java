package org.callclear.app.reference;

import java.util.List;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Swollen;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.rating.RateDeck;
import org.callclear.schemas.wire.AvroTrust;

/** A rate deck that somebody uploads: a good one goes through the compact form and a file and is the same, to the digit. */
public final class DeckFileFuzz {
    static {
        AvroTrust.establish(); // as the command line does
    }

    private static final int LONGEST = 64_000;

    private DeckFileFuzz() {}

    /** The file. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] content = Swollen.of(data, LONGEST);
        ReferenceFilesFuzz.faults(DeckFile.read("deck.csv", content, DeckFile.Overlaps.ALLOWED), content);
        Checked<List<RateRow>> read =
                Cost.bounded(content.length, () -> DeckFile.read("deck.csv", content, DeckFile.Overlaps.REFUSED));
        ReferenceFilesFuzz.faults(read, content);
        if (!(read instanceof Checked.Good<List<RateRow>> good)) {
            return;
        }
        Holds.that(!good.value().isEmpty(), "a deck without rates");
        for (RateRow row : good.value()) {
            Holds.that(
                    row.getRatePerMinute().scale() == 6
                            && row.getRatePerMinute().signum() >= 0,
                    "a rate");
            Holds.that(row.getValidTo() == null || row.getValidFrom().isBefore(row.getValidTo()), "times");
        }
        ReferenceData.Deck deck = new ReferenceData.Deck(RateDeck.of("deck", 1, good.value()), "");
        Holds.same(good.value(), deck.rows(), "rows in the compact form");
        byte[] written = ReferenceFilesFuzz.bytes(ReferenceExport.deck(deck));
        Holds.same(read, DeckFile.read("deck.csv", written, DeckFile.Overlaps.REFUSED), "a deck written and read");
    }
}
