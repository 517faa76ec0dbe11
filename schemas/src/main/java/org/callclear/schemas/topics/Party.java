package org.callclear.schemas.topics;

import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.PartyName;

/**
 * Who speaks on Kafka. The certificate's common name is the principal: {@code proxy.acme}, {@code gateway.zenith-1},
 * {@code clearinghouse}.
 *
 * @param kind what it is
 * @param id the carrier's or gateway's id for kinds that have many, else empty
 */
public record Party(Kind kind, String id) {
    /** The kinds of party. */
    public enum Kind {
        /** The proxies of one originating carrier. */
        PROXY(true),
        /** The instances of one gateway. */
        GATEWAY(true),
        /** The people and programs of one carrier. */
        CARRIER(true),
        /** The service point that decides and signs. */
        CLEARINGHOUSE(false),
        /** Intake and the settlement job. */
        SETTLEMENT(false),
        /** The web console. */
        CONSOLE(false),
        /** Reference data, keys and commands. */
        ADMINISTRATION(false),
        /** Reads what was rejected, and everything else that operations look into. */
        OPERATIONS(false),
        /** Reads the journal to compute statements again. */
        AUDIT(false),
        /** Makes topics, rules of access and quotas, and nothing else: no rule holds for it, it is a super user. */
        SETUP(false);

        private final boolean many;

        Kind(boolean many) {
            this.many = many;
        }

        /** Whether there is one for each carrier or gateway. */
        public boolean isMany() {
            return many;
        }

        /** Whether brokers let it do all, whatever the rules say. */
        public boolean isSuperUser() {
            return this == SETUP;
        }

        /** The word in principals. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException when an id is missing, needless or malformed */
    public Party {
        if (kind.isMany()) {
            PartyName.require(kind.word() + " id", id);
        } else if (!id.isEmpty()) {
            throw new IllegalArgumentException(kind.word() + " has no id, but was given '" + PartyName.shown(id) + "'");
        }
    }

    /** The one party of a kind that has no id. */
    public static Party of(Kind kind) {
        return new Party(kind, "");
    }

    /** The proxies of a carrier. */
    public static Party proxyOf(CarrierId carrier) {
        return new Party(Kind.PROXY, carrier.value());
    }

    /** A gateway. */
    public static Party gateway(GatewayId gateway) {
        return new Party(Kind.GATEWAY, gateway.value());
    }

    /** The people of a carrier. */
    public static Party carrier(CarrierId carrier) {
        return new Party(Kind.CARRIER, carrier.value());
    }

    /** The inverse of {@link #commonName()}. */
    public static Party parse(String commonName) {
        int dot = commonName.indexOf('.');
        String word = dot < 0 ? commonName : commonName.substring(0, dot);
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return new Party(kind, dot < 0 ? "" : commonName.substring(dot + 1));
            }
        }
        throw new IllegalArgumentException("not a party: '" + PartyName.shown(commonName) + "'");
    }

    /** The certificate's common name, which is the Kafka principal's name. */
    public String commonName() {
        return id.isEmpty() ? kind.word() : kind.word() + "." + id;
    }

    @Override
    public String toString() {
        return commonName();
    }
}
