package org.callclear.gateways.requests;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records have had their effect. A partition may be committed up to the first record that has not; what is done
 * behind it waits. A partition that goes and comes back is remembered: what was taken here is not taken again, and not
 * committed while it has not had its effect. Safe for many threads.
 */
final class CommitLedger {
    private final Map<TopicPartition, Account> accounts = new HashMap<>();

    /** Of one partition: taken offsets, true when done; the position to commit; and whether it is ours now. */
    private static final class Account {
        final NavigableMap<Long, Boolean> taken = new TreeMap<>();
        long highest = -1;
        long position = -1;
        long committed = -1;
        long left = -1;
        boolean held;

        /** It is ours, from this offset on: whoever had it meanwhile committed up to there. */
        void hold(long from) {
            held = true;
            position = -1;
            committed = -1;
            taken.headMap(from, false).clear();
        }

        void advance() {
            while (!taken.isEmpty() && taken.firstEntry().getValue()) {
                position = Math.max(position, taken.pollFirstEntry().getKey() + 1);
            }
        }
    }

    /**
     * A record is about to be worked off.
     *
     * @return false when it was already taken here: it came again because partitions were assigned anew
     */
    synchronized boolean take(TopicPartition partition, long offset) {
        Account account = accounts.computeIfAbsent(partition, p -> new Account());
        if (!account.held) {
            account.hold(offset);
        }
        if (offset <= account.highest) {
            account.taken.putIfAbsent(offset, true);
            account.advance();
            return false;
        }
        account.highest = offset;
        account.taken.put(offset, false);
        return true;
    }

    /** The record has had its effect. */
    synchronized void done(TopicPartition partition, long offset) {
        Account account = accounts.get(partition);
        if (account != null && account.taken.replace(offset, true) != null) {
            account.advance();
        }
    }

    /** What may be committed now and was not handed out before. */
    synchronized Map<TopicPartition, OffsetAndMetadata> committable() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        accounts.forEach((partition, account) -> {
            if (account.held && account.position > account.committed) {
                account.committed = account.position;
                offsets.put(partition, new OffsetAndMetadata(account.position));
            }
        });
        return offsets;
    }

    /** A commit failed: the same is to be committed again. */
    synchronized void again(Set<TopicPartition> partitions) {
        partitions.forEach(partition -> accounts.getOrDefault(partition, new Account()).committed = -1);
    }

    /** The partitions that were given up since they were last {@link #left}, and the first offset not taken of each. */
    synchronized Map<TopicPartition, Long> givenUp() {
        Map<TopicPartition, Long> next = new HashMap<>();
        accounts.forEach((partition, account) -> {
            if (!account.held && account.highest > account.left) {
                next.put(partition, account.highest + 1);
            }
        });
        return next;
    }

    /** From what was taken of them so far on, something else looks after these. */
    synchronized void left(Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Account account = accounts.get(partition);
            if (account != null) {
                account.left = account.highest;
            }
        }
    }

    /** The partitions belong to another now: nothing of theirs is committed from here until they come back. */
    synchronized void release(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Account account = accounts.get(partition);
            if (account != null) {
                account.held = false;
            }
        }
    }
}
