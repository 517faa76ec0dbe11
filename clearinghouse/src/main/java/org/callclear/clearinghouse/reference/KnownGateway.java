package org.callclear.clearinghouse.reference;

import java.util.List;
import java.util.regex.Pattern;
import org.callclear.schemas.avro.Gateway;
import org.callclear.schemas.avro.PartyStatus;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;

/**
 * A gateway as imported.
 *
 * @param prefixes called prefixes it serves, 1 to 15 digits
 * @param priority among equal prices the lower comes first
 */
public record KnownGateway(GatewayId id, CarrierId carrier, List<String> prefixes, int priority, boolean active) {
    private static final Pattern PREFIX = Pattern.compile("[1-9][0-9]{0,14}");

    public KnownGateway {
        prefixes = List.copyOf(prefixes);
    }

    /** @throws IllegalArgumentException naming the field that cannot be used */
    static KnownGateway of(Gateway gateway) {
        for (String prefix : gateway.getPrefixes()) {
            requirePrefix("gateway " + gateway.getId(), prefix);
        }
        return new KnownGateway(
                new GatewayId(gateway.getId()),
                new CarrierId(gateway.getCarrier()),
                gateway.getPrefixes(),
                gateway.getPriority(),
                gateway.getStatus() == PartyStatus.ACTIVE);
    }

    static void requirePrefix(String where, String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    where + ": prefix '" + prefix + "': must be 1 to 15 digits, not 0 first");
        }
    }
}
