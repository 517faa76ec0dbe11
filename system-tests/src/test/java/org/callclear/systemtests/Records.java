package org.callclear.systemtests;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.callclear.testkit.settlement.Posted;

/** Everything on some topics since the beginning, as it comes. Reads as set-up, which may see all. */
final class Records implements AutoCloseable {
    /** A record and where it stood. */
    record Placed(ConsumerRecord<String, byte[]> place, SpecificRecord value) {}

    private final List<Placed> seen = new CopyOnWriteArrayList<>();
    private final TopicTail tail;

    Records(Ground ground, Predicate<String> topics) {
        tail = TopicTail.start(
                ground.accessFor(Party.of(Party.Kind.SETUP)),
                "records",
                topics,
                TopicTail.From.BEGINNING,
                (place, reading) -> {
                    if (reading instanceof Reading.Read read) {
                        seen.add(new Placed(place, read.value()));
                    }
                });
    }

    /** All records of a type so far. */
    <T extends SpecificRecord> Stream<T> of(Class<T> type) {
        return seen.stream().map(Placed::value).filter(type::isInstance).map(type::cast);
    }

    /** All records so far, with their places. */
    List<Placed> placed() {
        return List.copyOf(seen);
    }

    /** All postings so far. */
    Stream<Posted> postings() {
        return of(LedgerEntry.class).flatMap(Posted::of);
    }

    /** The postings, once there are as many entries as expected. */
    List<Posted> postings(long entries) {
        return await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> of(LedgerEntry.class).toList(), found -> found.size() >= entries)
                .stream()
                .flatMap(Posted::of)
                .toList();
    }

    @Override
    public void close() {
        tail.close();
    }
}
