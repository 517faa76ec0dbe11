package org.callclear.clearinghouse.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.clearinghouse.World;
import org.callclear.clearinghouse.limit.Calls;
import org.callclear.clearinghouse.limit.Limits;
import org.callclear.schemas.avro.CallLimit;
import org.callclear.schemas.limit.LimitRule;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitFeedTest {
    private final ReferenceBook book = new ReferenceBook(World.ALIVE_WITHIN);
    private final ReferenceFeed feed = new ReferenceFeed(book, Clock.fixed(World.NOW, ZoneOffset.UTC));

    private void take(CallLimit limit) {
        take(LimitRule.key(limit), limit);
    }

    private void take(String key, CallLimit limit) {
        feed.take(new ConsumerRecord<>("limits", 0, 0, key, new byte[0]), new Reading.Read(limit));
    }

    private Limits inForce() {
        return book.snapshot().limits();
    }

    /** Calls are counted anew whenever other limits are in force, so not for each of the thousand. */
    @Test
    void limitsThatAreImportedTogetherComeIntoForceTogether() {
        for (int i = 0; i < 1_000; i++) {
            take(Calls.limit("acme", Integer.toString(100 + i), i, null, null));
            assertThat(inForce()).isSameAs(Limits.NONE);
        }
        feed.tookAll();
        Limits imported = inForce();
        assertThat(imported).isNotSameAs(Limits.NONE);

        take(Calls.limit("acme", "100", 0, null, null)); // as it is
        feed.tookAll();
        assertThat(inForce()).isSameAs(imported);

        feed.take(new ConsumerRecord<>("limits", 0, 0, "acme/100", new byte[0]), null);
        feed.tookAll();
        assertThat(inForce()).isNotSameAs(imported);
    }

    @ParameterizedTest
    @CsvSource({
        "acme, 053, 1, 1, 1",
        "acme, 53, 10001, 1, 1",
        "acme, 53, 1, 1000001, 1",
        "acme, 53, 1, 1, -1",
        "?, 53, 1, 1, 1"
    })
    void whatNoFileCouldHoldNoRecordCan(String carrier, String prefix, int rate, int calls, String cost) {
        take(Calls.limit(carrier, prefix, rate, calls, cost));
        feed.tookAll();

        assertThat(inForce()).isSameAs(Limits.NONE);
        assertThat(feed.unusable()).isEqualTo(1);
    }

    @Test
    void aLimitUnderAnothersKeyIsNotTaken() {
        take("acme/54", Calls.limit("acme", "53", 1, null, null));
        feed.tookAll();

        assertThat(inForce()).isSameAs(Limits.NONE);
        assertThat(feed.unusable()).isEqualTo(1);
    }
}
