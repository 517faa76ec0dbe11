package org.callclear.tokens.pki;

import java.util.List;
import org.callclear.schemas.topics.Party;

/**
 * Whom a certificate is for.
 *
 * @param commonName becomes the Kafka principal
 * @param hosts names and IP addresses that it serves TLS on; empty for a party that only connects
 */
public record Subject(String commonName, List<String> hosts) {
    /** What the certificate of a Kafka broker is called. */
    public static final String BROKER = "broker";

    /** @throws IllegalArgumentException when the name is neither a party's nor the broker's, or a host is blank */
    public Subject {
        if (!commonName.equals(BROKER)) {
            Party.parse(commonName);
        }
        if (hosts.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("hosts of " + commonName + ": one is empty");
        }
        hosts = List.copyOf(hosts);
    }

    /** A party that connects and serves nothing. */
    public static Subject of(Party party) {
        return new Subject(party.commonName(), List.of());
    }

    /** A party that also serves TLS itself, for instance web pages. */
    public static Subject of(Party party, List<String> hosts) {
        return new Subject(party.commonName(), hosts);
    }

    /** A broker, which brokers also connect to each other as. */
    public static Subject broker(List<String> hosts) {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("hosts of " + BROKER + ": must not be empty, its clients check them");
        }
        return new Subject(BROKER, hosts);
    }

    boolean isServer() {
        return !hosts.isEmpty();
    }
}
