package org.callclear.app.command;

import org.callclear.app.exchange.CarrierTopic;
import org.callclear.app.exchange.ExchangeException;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.PartyName;
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
     * One that takes part.
     *
     * @throws CommandException when there is none of that name
     */
    static CarrierId known(String name, KafkaAccess access) {
        CarrierId carrier = of(name);
        try {
            CarrierTopic.require(access, carrier);
        } catch (ExchangeException e) {
            throw new CommandException(e.lines());
        }
        return carrier;
    }
}
