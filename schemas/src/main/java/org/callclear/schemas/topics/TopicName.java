package org.callclear.schemas.topics;

import java.util.regex.Pattern;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;

/**
 * How the topics of a family are called.
 *
 * @param template the name with {@code <id>} where a carrier or a gateway stands
 * @param scope what the family has one topic for
 * @param pattern matches the names of all its topics; group 1 is the id where they have one
 */
public record TopicName(String template, Scope scope, Pattern pattern) {
    private static final String SLOT = "<id>";

    /** What a topic family has one topic for. */
    public enum Scope {
        /** One topic in all. */
        ONE,
        /** One for each carrier. */
        CARRIER,
        /** One for each gateway. */
        GATEWAY
    }

    TopicName(String template) {
        this(
                template,
                template.startsWith("carrier.<")
                        ? Scope.CARRIER
                        : template.startsWith("gateway.<") ? Scope.GATEWAY : Scope.ONE,
                Pattern.compile(template.replace(".", "\\.").replace(SLOT, "([a-z][a-z0-9-]{0,30}[a-z0-9])")));
    }

    /** The name of the only topic. */
    String only() {
        return require(Scope.ONE, template);
    }

    /** The name of a carrier's topic. */
    String of(CarrierId carrier) {
        return require(Scope.CARRIER, template.replace(SLOT, carrier.value()));
    }

    /** The name of a gateway's topic. */
    String of(GatewayId gateway) {
        return require(Scope.GATEWAY, template.replace(SLOT, gateway.value()));
    }

    private String require(Scope wanted, String name) {
        if (scope != wanted) {
            throw new IllegalArgumentException(template + " is not a topic with scope " + wanted);
        }
        return name;
    }
}
