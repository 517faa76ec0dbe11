package org.callclear.schemas.call;

/** A terminating gateway. It is the audience of the tokens that open it. Stands in topic names and certificates; see {@link PartyName}. */
public record GatewayId(String value) implements Comparable<GatewayId> {

    /** @throws IllegalArgumentException when the text is not a {@link PartyName} */
    public GatewayId {
        PartyName.require("gateway id", value);
    }

    @Override
    public int compareTo(GatewayId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
