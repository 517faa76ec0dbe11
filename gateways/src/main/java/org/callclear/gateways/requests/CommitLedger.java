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
 * behind it waits. Safe for many threads.
 */
final class CommitLedger {
    private final Map<TopicPartition, Account> accounts = new HashMap<>();

    /** Of one partition: taken offsets, true when done; and the position to commit. */
    private static final class Account {
        final NavigableMap<Long, Boolean> taken = new TreeMap<>();
        long highest = -1;
        long position = -1;
        long committed = -1;
    }

    /**
     * A record is about to be worked off.
     *
     * @return false when it was already taken here: it came again because partitions were assigned anew
     */
    synchronized boolean take(TopicPartition partition, long offset) {
        Account account = accounts.computeIfAbsent(partition, p -> new Account());
        if (offset <= account.highest) {
            return false;
        }
        account.highest = offset;
        account.taken.put(offset, false);
        return true;
    }

    /** The record has had its effect. */
    synchronized void done(TopicPartition partition, long offset) {
        Account account = accounts.get(partition);
        if (account == null || account.taken.replace(offset, true) == null) {
            return;
        }
        while (!account.taken.isEmpty() && account.taken.firstEntry().getValue()) {
            account.position = account.taken.pollFirstEntry().getKey() + 1;
        }
    }

    /** What may be committed now and was not handed out before. */
    synchronized Map<TopicPartition, OffsetAndMetadata> committable() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        accounts.forEach((partition, account) -> {
            if (account.position > account.committed) {
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

    /** The partitions belong to another now: nothing of theirs is committed from here any more. */
    synchronized void release(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Account account = accounts.get(partition);
            if (account != null) {
                account.taken.clear();
                account.position = -1;
                account.committed = -1;
            }
        }
    }
}
