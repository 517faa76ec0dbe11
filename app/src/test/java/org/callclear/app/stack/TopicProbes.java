package org.callclear.app.stack;

import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.protocol.Errors.INVALID_PARTITIONS;
import static org.apache.kafka.common.protocol.Errors.POLICY_VIOLATION;
import static org.apache.kafka.common.protocol.Errors.TOPIC_ALREADY_EXISTS;
import static org.apache.kafka.common.protocol.Errors.UNKNOWN_TOPIC_OR_PARTITION;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeProducersResponseData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** What can be asked of topics: one request for all of them. */
final class TopicProbes {
    private static final int WITHIN_MILLIS = 30_000;
    private static final int AS_CONSUMER = -1;

    private TopicProbes() {}

    static List<Probe> all() {
        return List.of(
                Probe.of("Produce", TOPIC, WRITE, TopicProbes::produce),
                Probe.of("Fetch", TOPIC, READ, TopicProbes::fetch),
                Probe.of("DescribeProducers", TOPIC, READ, TopicProbes::describeProducers),
                Probe.of("Metadata", TOPIC, DESCRIBE, TopicProbes::metadata),
                Probe.of("ListOffsets", TOPIC, DESCRIBE, TopicProbes::listOffsets),
                Probe.of("OffsetForLeaderEpoch", TOPIC, DESCRIBE, TopicProbes::leaderEpoch),
                Probe.of(
                        "DescribeConfigs",
                        TOPIC,
                        DESCRIBE_CONFIGS,
                        (wire, names) -> ConfigProbes.describe(wire, ConfigProbes.TOPIC_CONFIG, names)),
                Probe.of(
                        "IncrementalAlterConfigs",
                        TOPIC,
                        ALTER_CONFIGS,
                        (wire, names) -> ConfigProbes.alter(wire, ConfigProbes.TOPIC_CONFIG, names)),
                Probe.of("CreatePartitions", TOPIC, ALTER, TopicProbes::createPartitions, INVALID_PARTITIONS),
                Probe.of("CreateTopics", TOPIC, CREATE, TopicProbes::createTopics, TOPIC_ALREADY_EXISTS),
                Probe.of("DeleteRecords", TOPIC, DELETE, TopicProbes::deleteRecords, POLICY_VIOLATION),
                Probe.of("DeleteTopics", TOPIC, DELETE, TopicProbes::deleteTopics, UNKNOWN_TOPIC_OR_PARTITION)
                        .onlyWhereRefused());
    }

    private static Map<String, Errors> produce(PartyWire wire, List<String> names) {
        ProduceRequestData request = new ProduceRequestData().setAcks((short) 1).setTimeoutMs(WITHIN_MILLIS);
        byte[] word = "walk".getBytes(StandardCharsets.UTF_8);
        for (String name : names) {
            MemoryRecords records = MemoryRecords.withRecords(
                    Compression.NONE, new SimpleRecord(System.currentTimeMillis(), word, word));
            request.topicData()
                    .add(new TopicProduceData()
                            .setName(name)
                            .setPartitionData(List.of(
                                    new PartitionProduceData().setIndex(0).setRecords(records))));
        }
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.PRODUCE, 9, request, ProduceResponseData.class)
                .responses()
                .forEach(topic -> answers.put(
                        topic.name(),
                        Errors.forCode(topic.partitionResponses().getFirst().errorCode())));
        return answers;
    }

    private static Map<String, Errors> fetch(PartyWire wire, List<String> names) {
        FetchRequestData request = new FetchRequestData()
                .setReplicaId(AS_CONSUMER)
                .setMaxWaitMs(0)
                .setMinBytes(0)
                .setMaxBytes(1)
                .setTopics(names.stream()
                        .map(name -> new FetchTopic()
                                .setTopic(name)
                                .setPartitions(List.of(new FetchPartition()
                                        .setPartition(0)
                                        .setFetchOffset(0)
                                        .setPartitionMaxBytes(1))))
                        .toList());
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.FETCH, 12, request, FetchResponseData.class)
                .responses()
                .forEach(topic -> answers.put(
                        topic.topic(),
                        Errors.forCode(topic.partitions().getFirst().errorCode())));
        return answers;
    }

    private static Map<String, Errors> describeProducers(PartyWire wire, List<String> names) {
        DescribeProducersRequestData request = new DescribeProducersRequestData()
                .setTopics(names.stream()
                        .map(name -> new TopicRequest().setName(name).setPartitionIndexes(List.of(0)))
                        .toList());
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.DESCRIBE_PRODUCERS, 0, request, DescribeProducersResponseData.class)
                .topics()
                .forEach(topic -> answers.put(
                        topic.name(),
                        Errors.forCode(topic.partitions().getFirst().errorCode())));
        return answers;
    }

    private static Map<String, Errors> metadata(PartyWire wire, List<String> names) {
        Map<String, Errors> answers = new TreeMap<>();
        describe(wire, names).forEach(topic -> answers.put(topic.name(), Errors.forCode(topic.errorCode())));
        return answers;
    }

    /** Metadata, with all the operations that the broker says are allowed. */
    static Iterable<MetadataResponseData.MetadataResponseTopic> describe(PartyWire wire, List<String> names) {
        MetadataRequestData request = new MetadataRequestData()
                .setAllowAutoTopicCreation(false)
                .setIncludeTopicAuthorizedOperations(true)
                .setTopics(names.stream()
                        .map(name -> new MetadataRequestTopic().setName(name))
                        .toList());
        return wire.ask(ApiKeys.METADATA, 9, request, MetadataResponseData.class)
                .topics();
    }

    private static Map<String, Errors> listOffsets(PartyWire wire, List<String> names) {
        ListOffsetsRequestData request = new ListOffsetsRequestData()
                .setReplicaId(AS_CONSUMER)
                .setTopics(names.stream()
                        .map(name -> new ListOffsetsTopic()
                                .setName(name)
                                .setPartitions(List.of(new ListOffsetsPartition()
                                        .setPartitionIndex(0)
                                        .setTimestamp(-1))))
                        .toList());
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.LIST_OFFSETS, 7, request, ListOffsetsResponseData.class)
                .topics()
                .forEach(topic -> answers.put(
                        topic.name(),
                        Errors.forCode(topic.partitions().getFirst().errorCode())));
        return answers;
    }

    private static Map<String, Errors> leaderEpoch(PartyWire wire, List<String> names) {
        OffsetForLeaderEpochRequestData request = new OffsetForLeaderEpochRequestData().setReplicaId(AS_CONSUMER);
        names.forEach(name -> request.topics()
                .add(new OffsetForLeaderTopic()
                        .setTopic(name)
                        .setPartitions(List.of(
                                new OffsetForLeaderPartition().setPartition(0).setLeaderEpoch(0)))));
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.OFFSET_FOR_LEADER_EPOCH, 4, request, OffsetForLeaderEpochResponseData.class)
                .topics()
                .forEach(topic -> answers.put(
                        topic.topic(),
                        Errors.forCode(topic.partitions().getFirst().errorCode())));
        return answers;
    }

    private static Map<String, Errors> createPartitions(PartyWire wire, List<String> names) {
        CreatePartitionsRequestData request =
                new CreatePartitionsRequestData().setValidateOnly(true).setTimeoutMs(WITHIN_MILLIS);
        names.forEach(name -> request.topics()
                .add(new CreatePartitionsTopic().setName(name).setCount(7).setAssignments(null)));
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.CREATE_PARTITIONS, 3, request, CreatePartitionsResponseData.class)
                .results()
                .forEach(topic -> answers.put(topic.name(), Errors.forCode(topic.errorCode())));
        return answers;
    }

    private static Map<String, Errors> createTopics(PartyWire wire, List<String> names) {
        CreateTopicsRequestData request =
                new CreateTopicsRequestData().setValidateOnly(true).setTimeoutMs(WITHIN_MILLIS);
        names.forEach(name -> request.topics()
                .add(new CreatableTopic().setName(name).setNumPartitions(1).setReplicationFactor((short) 1)));
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.CREATE_TOPICS, 7, request, CreateTopicsResponseData.class)
                .topics()
                .forEach(topic -> answers.put(topic.name(), Errors.forCode(topic.errorCode())));
        return answers;
    }

    /** Up to the first record, so that none goes. */
    private static Map<String, Errors> deleteRecords(PartyWire wire, List<String> names) {
        DeleteRecordsRequestData request = new DeleteRecordsRequestData()
                .setTimeoutMs(WITHIN_MILLIS)
                .setTopics(names.stream()
                        .map(name -> new DeleteRecordsTopic()
                                .setName(name)
                                .setPartitions(List.of(new DeleteRecordsPartition()
                                        .setPartitionIndex(0)
                                        .setOffset(0))))
                        .toList());
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.DELETE_RECORDS, 2, request, DeleteRecordsResponseData.class)
                .topics()
                .forEach(topic -> answers.put(
                        topic.name(),
                        Errors.forCode(topic.partitions().iterator().next().errorCode())));
        return answers;
    }

    static Map<String, Errors> deleteTopics(PartyWire wire, List<String> names) {
        DeleteTopicsRequestData request =
                new DeleteTopicsRequestData().setTopicNames(names).setTimeoutMs(WITHIN_MILLIS);
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.DELETE_TOPICS, 5, request, DeleteTopicsResponseData.class)
                .responses()
                .forEach(topic -> answers.put(topic.name(), Errors.forCode(topic.errorCode())));
        return answers;
    }
}
