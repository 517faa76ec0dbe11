package org.callclear.tokens.pki;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.topics.Party;

/**
 * Whom a certificate is for.
 *
 * @param commonName becomes the Kafka principal
 * @param person who acts for that party, a user id beside the common name that leaves the principal as it is; else empty
 * @param hosts names and IP addresses that it serves TLS on; empty for a party that only connects
 */
public record Subject(String commonName, String person, List<String> hosts) {
    /** What the certificate of a Kafka broker is called. */
    public static final String BROKER = "broker";

    /** The parties that people act for. The others are programs. */
    private static final Set<Party.Kind> OF_PEOPLE =
            EnumSet.of(Party.Kind.CARRIER, Party.Kind.ADMINISTRATION, Party.Kind.OPERATIONS, Party.Kind.AUDIT);

    /** A host name or an address: nothing in it that a list or a file of lines could trip over. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.:-]{0,252}|::[A-Fa-f0-9:.]{0,40}");

    /**
     * @throws IllegalArgumentException when the name is neither a party's nor the broker's, nobody acts for that party in
     *     person, or a host is malformed
     */
    public Subject {
        if (commonName.equals(BROKER)) {
            requireNobody(commonName, person);
        } else {
            Party party = Party.parse(commonName);
            if (!OF_PEOPLE.contains(party.kind())) {
                requireNobody(commonName, person);
            }
        }
        if (!person.isEmpty()) {
            PartyName.require("person", person);
        }
        for (String host : hosts) {
            if (!HOST.matcher(host).matches()) {
                throw new IllegalArgumentException(
                        "host '" + PartyName.shown(host) + "' of " + commonName + ": must be a name or an IP address");
            }
        }
        hosts = List.copyOf(hosts);
    }

    private static void requireNobody(String commonName, String person) {
        if (!person.isEmpty()) {
            throw new IllegalArgumentException("person '" + PartyName.shown(person) + "': " + commonName
                    + " is a program; people act for a carrier, administration, operations or audit");
        }
    }

    /** A party that connects and serves nothing. */
    public static Subject of(Party party) {
        return new Subject(party.commonName(), "", List.of());
    }

    /** A party that also serves TLS itself, for instance web pages. */
    public static Subject of(Party party, List<String> hosts) {
        return new Subject(party.commonName(), "", hosts);
    }

    /** Somebody who acts for a party. */
    public static Subject person(Party party, String person) {
        return new Subject(party.commonName(), person, List.of());
    }

    /** A broker, which brokers also connect to each other as. */
    public static Subject broker(List<String> hosts) {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("hosts of " + BROKER + ": must not be empty, its clients check them");
        }
        return new Subject(BROKER, "", hosts);
    }

    boolean isServer() {
        return !hosts.isEmpty();
    }

    /** As Kafka sees it (RFC 2253): the common name first. */
    String distinguishedName() {
        return "CN=" + commonName + (person.isEmpty() ? "" : ",UID=" + person);
    }

    /** For messages and lists: {@code operations/alice}. */
    @Override
    public String toString() {
        return commonName + (person.isEmpty() ? "" : "/" + person);
    }
}
