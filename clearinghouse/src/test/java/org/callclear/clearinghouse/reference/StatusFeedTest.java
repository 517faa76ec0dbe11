package org.callclear.clearinghouse.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.clearinghouse.World;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.testkit.clearing.References;
import org.junit.jupiter.api.Test;

/** What a gateway says of itself counts, by the topic it says it on; nothing else is believed. */
class StatusFeedTest {
    private static final GatewayId HONEST = new GatewayId("zenith-1");
    private static final GatewayId LIAR = new GatewayId("nadir-1");

    private final ReferenceBook book = new ReferenceBook(World.ALIVE_WITHIN);
    private final ReferenceFeed feed = new ReferenceFeed(book, Clock.fixed(World.NOW, ZoneOffset.UTC));

    @Test
    void aGatewaySpeaksForItselfOnly() {
        says(HONEST, new Reading.Read(References.up("zenith-1", "zenith", World.NOW)));

        says(LIAR, new Reading.Read(down("zenith-1", "zenith")));
        says(LIAR, new Reading.Read(References.up("quiet-1", "zenith", World.NOW)));

        assertThat(takesCalls(HONEST)).isTrue();
        assertThat(takesCalls(new GatewayId("quiet-1"))).isFalse();
        assertThat(feed.unusable()).isEqualTo(2);

        says(HONEST, new Reading.Read(down("zenith-1", "zenith")));
        assertThat(takesCalls(HONEST)).isFalse();
    }

    @Test
    void whatCannotBeReadLeavesWhatWasSaidBefore() {
        says(HONEST, new Reading.Read(References.up("zenith-1", "zenith", World.NOW)));

        says(HONEST, new Reading.Unreadable("cut short"));
        says(HONEST, new Reading.Read(References.carrier("zenith")));

        assertThat(takesCalls(HONEST)).isTrue();
        assertThat(feed.unusable()).isEqualTo(2);
    }

    private static GatewayStatus down(String gateway, String carrier) {
        return References.status(gateway, carrier, GatewayState.DOWN, 0, World.NOW);
    }

    private boolean takesCalls(GatewayId gateway) {
        return book.snapshot().takesCalls(gateway, World.NOW, World.ALIVE_WITHIN);
    }

    private void says(GatewayId speaker, Reading reading) {
        feed.take(
                new ConsumerRecord<>(Topic.GATEWAY_STATUS.of(speaker), 0, 0, String.valueOf(speaker), new byte[0]),
                reading);
    }
}
