package org.callclear.bench.kafka;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.Node;

/** How many bytes the brokers hold of each topic, as they lie on disk: one copy of each broker that has one. */
public final class LogBytes {
    private LogBytes() {}

    /**
     * Asks the brokers.
     *
     * @param client how to reach them, as Kafka's clients are told
     */
    public static Map<String, Long> byTopic(Map<String, Object> client) {
        Map<String, Long> bytes = new TreeMap<>();
        try (Admin admin = Admin.create(client)) {
            var brokers =
                    admin.describeCluster().nodes().get().stream().map(Node::id).toList();
            for (Map<String, LogDirDescription> directories :
                    admin.describeLogDirs(brokers).allDescriptions().get().values()) {
                directories
                        .values()
                        .forEach(directory -> directory
                                .replicaInfos()
                                .forEach((partition, replica) ->
                                        bytes.merge(partition.topic(), replica.size(), Long::sum)));
            }
            return bytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refused: " + e.getCause(), e);
        }
    }
}
