package org.callclear.systemtests;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;

/** Everything on some topics since the beginning, as it comes. Reads as administration, who may see all. */
final class Records implements AutoCloseable {
    /** A record and where it stood. */
    record Placed(ConsumerRecord<String, byte[]> place, SpecificRecord value) {}

    private final List<Placed> seen = new CopyOnWriteArrayList<>();
    private final TopicTail tail;

    Records(Ground ground, Predicate<String> topics) {
        tail = TopicTail.start(
                ground.accessFor(Party.of(Party.Kind.ADMINISTRATION)),
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

    /**
     * The postings, once every entry that has begun to come is here with all its lines and there are as many entries as
     * expected; what one transaction wrote to several partitions is read one partition after the other.
     */
    List<Posting> wholeEntries(long entries) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> of(Posting.class).toList(), found -> areWhole(found, entries));
    }

    private static boolean areWhole(List<Posting> postings, long entries) {
        Map<String, List<Posting>> byEntry = postings.stream().collect(Collectors.groupingBy(Posting::getEntryId));
        return byEntry.size() >= entries
                && byEntry.values().stream()
                        .allMatch(lines -> lines.size() == lines.getFirst().getLines());
    }

    @Override
    public void close() {
        tail.close();
    }
}
