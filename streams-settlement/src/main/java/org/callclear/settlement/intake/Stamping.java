package org.callclear.settlement.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.rating.ContractTerms;
import org.callclear.settlement.intake.InForce.Side;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a report what the journal keeps of it: with its place, and with what the reference data says of it now. For a
 * call that was not authorized here that is its price, which nobody has fixed yet.
 */
final class Stamping {
    /** The other side may have it that the call was longer. */
    private static final Duration LONGER = Duration.ofDays(1);

    private Stamping() {}

    private record Priced(Rating rating, @Nullable RateTerms terms) {}

    /**
     * Stamps.
     *
     * @param reporter the carrier that the topic's name names
     * @param record where the report came from
     * @param now becomes its place in the journal's time
     */
    static AcceptedCdr stamped(
            InForce inForce,
            String reporter,
            CallDetailRecord cdr,
            ConsumerRecord<byte[], byte[]> record,
            Instant now) {
        Side side = inForce.side(reporter, cdr.getRole());
        boolean own = cdr.getLeg() == 0 && cdr.getTransactionId() == null;
        Priced priced = own ? priced(side, cdr) : new Priced(Rating.GRANTED, null);
        return new AcceptedCdr(
                reporter,
                cdr,
                record.topic(),
                record.partition(),
                record.offset(),
                now,
                side == null ? 0L : side.contract().getRevision(),
                side == null ? 0L : side.deckRevision(),
                priced.rating(),
                priced.terms(),
                own && side != null ? side.agreement() : null);
    }

    private static Priced priced(@Nullable Side side, CallDetailRecord cdr) {
        if (side == null) {
            return new Priced(Rating.NO_CONTRACT, null);
        }
        DeckPieces.Whole deck = side.deck();
        if (deck == null) {
            return new Priced(Rating.UNRATED, null);
        }
        Instant ratedAt = Objects.requireNonNullElse(cdr.getAnsweredAt(), cdr.getSetupAt());
        Instant horizon = cdr.getEndedAt().plus(LONGER);
        return switch (ContractTerms.of(side.contract(), deck.rows(), cdr.getCalled(), ratedAt, horizon)) {
            case ContractTerms.Rated rated -> new Priced(Rating.RATED, rated.terms());
            case ContractTerms.Blocked blocked -> new Priced(Rating.BLOCKED, null);
            case ContractTerms.Unrated unrated -> new Priced(Rating.UNRATED, null);
        };
    }
}
