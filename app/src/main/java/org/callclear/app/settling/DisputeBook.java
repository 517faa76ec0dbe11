package org.callclear.app.settling;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.jspecify.annotations.Nullable;

/** The disputes with all the states they have been in. */
public final class DisputeBook {
    /** By the dispute's id, then by revision. */
    private final SortedMap<String, SortedMap<Integer, Dispute>> states = new TreeMap<>();

    private DisputeBook() {}

    /**
     * Which disputes are wanted; null for any.
     *
     * @param carrier on either side of the call
     * @param state as it stands now
     * @param period that the withheld amounts stand in
     */
    public record Wanted(
            @Nullable String carrier,
            @Nullable String state,
            @Nullable String period) {
        private boolean has(Dispute dispute) {
            return (carrier == null
                            || carrier.equals(dispute.getOriginatingCarrier())
                            || carrier.equals(dispute.getTerminatingCarrier()))
                    && (state == null || state.equals(dispute.getState()))
                    && (period == null || period.equals(dispute.getPeriod()));
        }
    }

    /**
     * All that are there.
     *
     * @param access of the party {@code administration}
     * @throws SettlingException when they cannot be read
     */
    public static DisputeBook read(KafkaAccess access) {
        DisputeBook book = new DisputeBook();
        WholeTopic.read(access, Topic.DISPUTES, record -> book.add(WholeTopic.only(Dispute.class, record)));
        return book;
    }

    /** A book of these states, in any order. */
    public static DisputeBook of(Collection<Dispute> states) {
        DisputeBook book = new DisputeBook();
        states.forEach(book::add);
        return book;
    }

    private void add(Dispute state) {
        states.computeIfAbsent(state.getDisputeId(), id -> new TreeMap<>()).put(state.getRevision(), state);
    }

    /** The latest state of each dispute that is wanted, by id: in the order that the calls began. */
    public List<Dispute> latest(Wanted wanted) {
        return states.values().stream()
                .map(byRevision -> byRevision.lastEntry().getValue())
                .filter(wanted::has)
                .toList();
    }

    /** The latest state of a dispute; empty when there is none of that id. */
    public Optional<Dispute> latest(String id) {
        return history(id).reduce((before, after) -> after);
    }

    /** All states of a dispute, the first one first; empty when there is none of that id. */
    public List<Dispute> states(String id) {
        return history(id).toList();
    }

    private Stream<Dispute> history(String id) {
        SortedMap<Integer, Dispute> known = states.get(id);
        return known == null ? Stream.empty() : known.values().stream();
    }
}
