package org.callclear.app.command;

import org.callclear.app.exchange.CarrierTopic;
import org.callclear.app.exchange.ExchangeException;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.topics.Access;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;

/** A carrier that somebody named on the command line. */
final class NamedCarrier {
    private NamedCarrier() {}

    /** @throws CommandException when no carrier could have such a name */
    static CarrierId of(String name) {
        if (!PartyName.isValid(name)) {
            throw new CommandException("carrier '" + PartyName.shown(name) + "': not the form of a carrier's id");
        }
        return new CarrierId(name);
    }

    /**
     * One that takes part, as far as whoever asks may see: by its topic of reports, or by the reference data.
     *
     * @throws CommandException when there is none of that name
     */
    static CarrierId known(String name, KafkaAccess access) {
        CarrierId carrier = of(name);
        try {
            if (seesReports(ClusterCheck.principal(access))) {
                CarrierTopic.require(access, carrier);
            } else if (!ReferenceTopics.read(access).carriers().containsKey(name)) {
                throw new CommandException(
                        "carrier '" + carrier + "': there is no such carrier (not on " + Topic.CARRIERS.topic() + ")");
            }
        } catch (ExchangeException e) {
            throw new CommandException(e.lines());
        }
        return carrier;
    }

    /** Whether the topics of all carriers are there for somebody; a topic that is closed looks as if there were none. */
    private static boolean seesReports(String principal) {
        try {
            Party.Kind kind = Party.parse(principal).kind();
            return Topic.CDRS.readers().contains(new Access(kind, Access.Reach.ALL));
        } catch (IllegalArgumentException e) {
            return true; // A broker without TLS, or a super user of another name: nothing is closed.
        }
    }
}
