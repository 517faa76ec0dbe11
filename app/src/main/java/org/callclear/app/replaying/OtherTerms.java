package org.callclear.app.replaying;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.app.reference.ReferenceData;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.rating.ContractTerms;
import org.callclear.schemas.rating.RateDeck;
import org.callclear.settlement.replay.Change;
import org.jspecify.annotations.Nullable;

/**
 * Puts other terms in the place of those that calls were granted, or stamped with. A contract brings all that contracts say and
 * leaves the row of the deck as it was chosen then, unless it prices by another deck; a deck brings its rows and leaves what the
 * contract said then. The period that a call belongs to, and what a re-rating set, stay. For several threads.
 */
public final class OtherTerms implements Change {
    /** Rows that change prices later than this after a call began, or ended as reported, have no bearing on it. */
    private static final Duration LONGER = Duration.ofDays(1);

    private final Map<String, Contract> contracts;
    private final @Nullable RateDeck deck;
    private final ReferenceData known;
    private final Map<RateTerms, RateTerms> distinct = new ConcurrentHashMap<>();
    private final LongAdder replaced = new LongAdder();
    private final LongAdder unpriced = new LongAdder();

    private OtherTerms(Map<String, Contract> contracts, @Nullable RateDeck deck, ReferenceData known) {
        this.contracts = contracts;
        this.deck = deck;
        this.known = known;
    }

    /** These contracts in the place of those of the same ids. */
    public static OtherTerms of(List<Contract> contracts, ReferenceData known) {
        Map<String, Contract> byId = new HashMap<>();
        contracts.forEach(contract -> byId.put(contract.getId(), contract));
        return new OtherTerms(byId, null, known);
    }

    /** This deck in the place of the one of the same name. */
    public static OtherTerms of(RateDeck deck, ReferenceData known) {
        return new OtherTerms(Map.of(), deck, known);
    }

    /** How many terms of grants and reports were replaced. */
    public long replaced() {
        return replaced.sum();
    }

    /** How many terms were left, or are without a price, as the deck does not price the number. */
    public long unpriced() {
        return unpriced.sum();
    }

    private record Asked(String called, Instant at, Instant horizon) {}

    @Override
    public SpecificRecord of(SpecificRecord record) {
        return switch (record) {
            case Grant grant -> granted(grant);
            case AcceptedCdr report -> stamped(report);
            default -> record;
        };
    }

    private Grant granted(Grant grant) {
        int longest = grant.getRoutes().stream()
                .mapToInt(GrantedRoute::getMaxDurationSeconds)
                .max()
                .orElse(0);
        Asked asked = new Asked(
                grant.getCalled(),
                grant.getGrantedAt(),
                grant.getGrantedAt().plusSeconds(longest).plus(LONGER));
        if (!concerns(grant.getOriginationTerms())
                && grant.getRoutes().stream().noneMatch(route -> concerns(route.getTerminationTerms()))) {
            return grant;
        }
        List<GrantedRoute> routes = grant.getRoutes().stream()
                .map(route -> GrantedRoute.newBuilder(route)
                        .setTerminationTerms(forGrant(route.getTerminationTerms(), asked))
                        .build())
                .toList();
        Grant.Builder other = Grant.newBuilder(grant)
                .setOriginationTerms(forGrant(grant.getOriginationTerms(), asked))
                .setRoutes(routes);
        Contract contract = contracts.get(grant.getOriginationTerms().getContract());
        if (contract != null) {
            other.setToleranceSeconds(contract.getToleranceSeconds())
                    .setSettlingSide(contract.getSettlingSide())
                    .setGate(contract.getGate())
                    .setOneSidedDelaySeconds(contract.getOneSidedDelaySeconds());
        }
        return other.build();
    }

    private RateTerms forGrant(RateTerms old, Asked asked) {
        if (!concerns(old)) {
            return old;
        }
        RateTerms other = other(old, asked);
        if (other == null) {
            unpriced.increment();
            return old;
        }
        return other;
    }

    private AcceptedCdr stamped(AcceptedCdr report) {
        RateTerms old = report.getTerms();
        if (old == null || !concerns(old)) {
            return report;
        }
        CallDetailRecord cdr = report.getCdr();
        RateTerms other = other(
                old,
                new Asked(
                        cdr.getCalled(),
                        Objects.requireNonNullElse(cdr.getAnsweredAt(), cdr.getSetupAt()),
                        cdr.getEndedAt().plus(LONGER)));
        AcceptedCdr.Builder stamped = AcceptedCdr.newBuilder(report);
        Contract contract = contracts.get(old.getContract());
        if (contract != null) {
            stamped.setAgreement(ContractTerms.agreement(contract));
        }
        if (other != null) {
            return stamped.setTerms(other).setRating(Rating.RATED).build();
        }
        unpriced.increment();
        // A contract leaves the row that was chosen then; another deck that has none has no price.
        return deck == null
                ? stamped.build()
                : stamped.setTerms(null).setRating(Rating.UNRATED).build();
    }

    private boolean concerns(RateTerms old) {
        return deck != null ? old.getDeck().equals(deck.name()) : contracts.containsKey(old.getContract());
    }

    /** Null when there is no price. */
    private @Nullable RateTerms other(RateTerms old, Asked asked) {
        RateTerms.@Nullable Builder other = deck != null ? byDeck(old, deck, asked) : byContract(old, asked);
        if (other == null) {
            return null;
        }
        replaced.increment();
        return distinct.computeIfAbsent(
                other.setPeriodLength(old.getPeriodLength())
                        .setPeriodZone(old.getPeriodZone())
                        .build(),
                same -> same);
    }

    private RateTerms.@Nullable Builder byDeck(RateTerms old, RateDeck rows, Asked asked) {
        Contract contract = known.contracts().get(old.getContract());
        if (contract == null) {
            return null;
        }
        RateTerms row = rated(contract, rows, asked);
        return row == null ? null : withRow(RateTerms.newBuilder(old), row);
    }

    private RateTerms.@Nullable Builder byContract(RateTerms old, Asked asked) {
        Contract contract = Objects.requireNonNull(contracts.get(old.getContract()));
        ReferenceData.Deck rows = known.decks().get(contract.getDeck());
        RateTerms now = rows == null ? null : rated(contract, rows.rates(), asked);
        if (now == null) {
            return null;
        }
        if (!contract.getDeck().equals(old.getDeck())) {
            return RateTerms.newBuilder(now);
        }
        RateTerms.Builder kept = withRow(RateTerms.newBuilder(now), old);
        if (!contract.getSplitAtRateChanges()) {
            kept.setRateChanges(List.of());
        } else if (old.getRateChanges().isEmpty()) {
            kept.setRateChanges(now.getRateChanges());
        }
        return kept;
    }

    private static @Nullable RateTerms rated(Contract contract, RateDeck rows, Asked asked) {
        return ContractTerms.of(contract, rows, asked.called(), asked.at(), asked.horizon())
                        instanceof ContractTerms.Rated rated
                ? rated.terms()
                : null;
    }

    private static RateTerms.Builder withRow(RateTerms.Builder terms, RateTerms row) {
        return terms.setDeck(row.getDeck())
                .setDeckRevision(row.getDeckRevision())
                .setPrefix(row.getPrefix())
                .setDestination(row.getDestination())
                .setRatePerMinute(row.getRatePerMinute())
                .setInitialSeconds(row.getInitialSeconds())
                .setIncrementSeconds(row.getIncrementSeconds())
                .setConnectFee(row.getConnectFee())
                .setRateChanges(row.getRateChanges());
    }
}
