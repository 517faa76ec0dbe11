package org.callclear.schemas.call;

/** A carrier that takes part: originating, terminating or both. Stands in topic names and certificates; see {@link PartyName}. */
public record CarrierId(String value) implements Comparable<CarrierId> {

    /** @throws IllegalArgumentException when the text is not a {@link PartyName} */
    public CarrierId {
        PartyName.require("carrier id", value);
    }

    @Override
    public int compareTo(CarrierId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
