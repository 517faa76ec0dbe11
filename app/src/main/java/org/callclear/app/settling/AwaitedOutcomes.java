package org.callclear.app.settling;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.jspecify.annotations.Nullable;

/** Gathers what became of a number of commands. */
final class AwaitedOutcomes implements TopicTail.Handler {
    private final Set<String> missing = new HashSet<>();
    private final Map<String, CommandOutcome> found = new HashMap<>();

    synchronized void expect(Collection<String> ids) {
        missing.addAll(ids);
    }

    /** A command that is answered again did nothing again: its first answer counts. */
    @Override
    public synchronized void take(ConsumerRecord<String, byte[]> record, @Nullable Reading reading) {
        if (reading instanceof Reading.Read read
                && read.value() instanceof CommandOutcome outcome
                && missing.remove(outcome.getCommandId())) {
            found.put(outcome.getCommandId(), outcome);
            notifyAll();
        }
    }

    /**
     * Waits for all.
     *
     * @param stalled gives up when none came for so long
     * @return those that came, by the command's id
     */
    synchronized Map<String, CommandOutcome> within(Duration stalled) {
        long since = System.nanoTime();
        int before = found.size();
        try {
            while (!missing.isEmpty() && System.nanoTime() - since < stalled.toNanos()) {
                wait(Math.max(1, stalled.toMillis()));
                if (found.size() > before) {
                    before = found.size();
                    since = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SettlingException("interrupted while waiting for the outcomes of commands", e);
        }
        return Map.copyOf(found);
    }
}
