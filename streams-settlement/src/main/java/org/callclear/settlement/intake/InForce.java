package org.callclear.settlement.intake;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.rating.ContractTerms;
import org.callclear.settlement.period.Calendar;
import org.jspecify.annotations.Nullable;

/** What the reference data says at one time: one batch goes by one of these. Immutable. */
final class InForce {
    /**
     * By what a carrier's calls on one side are priced.
     *
     * @param contract the carrier's
     * @param agreement what it says about comparing reports
     * @param deck the latest complete revision of its deck; null when there is none
     */
    record Side(Contract contract, Agreement agreement, DeckPieces.@Nullable Whole deck) {

        static Side of(Contract contract, DeckPieces.@Nullable Whole deck) {
            return new Side(contract, ContractTerms.agreement(contract), deck);
        }

        /** Revision of the deck; 0 for none. */
        long deckRevision() {
            return deck == null ? 0 : deck.revision();
        }
    }

    private final SortedSet<String> carriers;
    private final Map<String, Side> originating;
    private final Map<String, Side> terminating;
    private final SortedMap<Calendar, SortedSet<String>> calendars;

    /**
     * What is known.
     *
     * @param carriers their ids
     * @param originating by carrier
     * @param terminating by carrier
     * @param calendars the carriers with a contract in each
     */
    InForce(
            SortedSet<String> carriers,
            Map<String, Side> originating,
            Map<String, Side> terminating,
            Map<Calendar, SortedSet<String>> calendars) {
        this.carriers = new TreeSet<>(carriers);
        this.originating = Map.copyOf(originating);
        this.terminating = Map.copyOf(terminating);
        this.calendars = new TreeMap<>(calendars);
    }

    /** By what a carrier's calls on one side are priced now; null when it has no contract for that side. */
    @Nullable
    Side side(String carrier, Role role) {
        return (role == Role.ORIGINATING ? originating : terminating).get(carrier);
    }

    /** Whether there is a carrier of that id. */
    boolean isCarrier(String id) {
        return carriers.contains(id);
    }

    /** The calendars that contracts ask for, and the one of carriers without a contract. */
    SortedSet<Calendar> calendars() {
        return new TreeSet<>(calendars.keySet());
    }

    /** The ids of the carriers that get a statement of every period of a calendar, sorted. */
    List<String> carriersOf(Calendar calendar) {
        return List.copyOf(calendars.getOrDefault(calendar, new TreeSet<>()));
    }
}
