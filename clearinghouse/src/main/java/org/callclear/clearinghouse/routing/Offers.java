package org.callclear.clearinghouse.routing;

import java.util.List;

/** What was found. */
public sealed interface Offers {
    /** At least one, in the order to try them. */
    record Found(List<Offer> inOrder) implements Offers {
        public Found {
            inOrder = List.copyOf(inOrder);
        }
    }

    /** No gateway serves the number, or none of those that do has a price for it. */
    record NoRoute(String detail) implements Offers {}

    /** There are gateways with a price, but none of them takes calls now. */
    record NoneAlive(String detail) implements Offers {}
}
