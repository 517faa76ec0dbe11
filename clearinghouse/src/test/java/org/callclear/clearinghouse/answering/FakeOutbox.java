package org.callclear.clearinghouse.answering;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A log that acknowledges when it is told to. */
final class FakeOutbox implements Outbox {
    record Sent(ProducerRecord<String, SpecificRecord> record, CompletableFuture<Void> acknowledged) {}

    final List<Sent> sent = new ArrayList<>();
    private boolean atOnce = true;

    void acknowledgeAtOnce(boolean value) {
        atOnce = value;
    }

    @Override
    public CompletableFuture<Void> send(ProducerRecord<String, SpecificRecord> record) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        sent.add(new Sent(record, acknowledged));
        if (atOnce) {
            acknowledged.complete(null);
        }
        return acknowledged;
    }

    List<String> topics() {
        return sent.stream().map(one -> one.record().topic()).toList();
    }

    <T> List<T> values(Class<T> type) {
        return sent.stream()
                .map(one -> one.record().value())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    Sent last() {
        return sent.getLast();
    }
}
