package org.callclear.clearinghouse;

import java.time.Duration;
import java.time.Instant;
import org.callclear.clearinghouse.reference.ReferenceBook;
import org.callclear.clearinghouse.reference.ReferenceSnapshot;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.call.GatewayId;
import org.callclear.testkit.clearing.References;

/** Acme calls; zenith and nadir complete calls to 44, each with one gateway, at the same price. All is well. */
public final class World {
    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00.250Z");
    public static final Duration ALIVE_WITHIN = Duration.ofSeconds(10);
    public static final Duration OVER_WITHIN = Duration.ofHours(2);
    public static final Duration MAX_AGE = Duration.ofSeconds(5);

    private final ReferenceBook book = new ReferenceBook(ALIVE_WITHIN);

    public World() {
        book.put(References.carrier("acme"));
        book.put(References.contract("acme-out", "acme", Role.ORIGINATING, "EUR", "sell"));
        deck("sell", References.row("44", "0.020000"), References.blocked("44900"));
        terminating("zenith", "EUR", References.row("44", "0.010000"));
        terminating("nadir", "EUR", References.row("44", "0.010000"));
        gateway("zenith-1", "zenith", 1, "44");
        gateway("nadir-1", "nadir", 1, "44");
    }

    public World terminating(String carrier, String currency, RateRow... rows) {
        book.put(References.carrier(carrier));
        book.put(References.contract(carrier + "-in", carrier, Role.TERMINATING, currency, "buy-" + carrier));
        return deck("buy-" + carrier, rows);
    }

    public World deck(String name, RateRow... rows) {
        book.put(name + "/1/0", References.deck(name, rows));
        return this;
    }

    public World gateway(String id, String carrier, int priority, String... prefixes) {
        book.put(References.gateway(id, carrier, priority, prefixes));
        book.heard(new GatewayId(id), References.up(id, carrier, NOW), NOW);
        return this;
    }

    public ReferenceBook book() {
        return book;
    }

    public ReferenceSnapshot snapshot() {
        return book.snapshot();
    }
}
