package org.callclear.app.stack;

import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.protocol.Errors.GROUP_ID_NOT_FOUND;
import static org.apache.kafka.common.protocol.Errors.INVALID_PRODUCER_EPOCH;
import static org.apache.kafka.common.protocol.Errors.INVALID_PRODUCER_ID_MAPPING;
import static org.apache.kafka.common.protocol.Errors.MEMBER_ID_REQUIRED;
import static org.apache.kafka.common.protocol.Errors.PRODUCER_FENCED;
import static org.apache.kafka.common.protocol.Errors.TOPIC_AUTHORIZATION_FAILED;
import static org.apache.kafka.common.protocol.Errors.TRANSACTIONAL_ID_NOT_FOUND;
import static org.apache.kafka.common.protocol.Errors.UNKNOWN_MEMBER_ID;
import static org.apache.kafka.common.protocol.Errors.UNKNOWN_TOPIC_OR_PARTITION;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData;
import org.apache.kafka.common.message.StreamsGroupHeartbeatResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** What can be asked of consumer groups and of transactional ids, as a member or producer that nobody knows. */
final class GroupProbes {
    private static final String STRANGER = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final String NO_TOPIC = "no-topic-of-anybody";
    private static final byte GROUP_COORDINATOR = 0;
    private static final byte TRANSACTION_COORDINATOR = 1;

    private GroupProbes() {}

    static List<Probe> ofGroups() {
        return List.of(
                Probe.of(
                        "FindCoordinator",
                        GROUP,
                        DESCRIBE,
                        (wire, names) -> coordinators(wire, GROUP_COORDINATOR, names)),
                Probe.of("OffsetFetch", GROUP, DESCRIBE, GroupProbes::offsets),
                Probe.of("DescribeGroups", GROUP, DESCRIBE, GroupProbes::describe, GROUP_ID_NOT_FOUND),
                Probe.of("Heartbeat", GROUP, READ, each(GroupProbes::heartbeat), UNKNOWN_MEMBER_ID),
                Probe.of("JoinGroup", GROUP, READ, each(GroupProbes::join), MEMBER_ID_REQUIRED),
                Probe.of(
                        "OffsetCommit",
                        GROUP,
                        READ,
                        each(GroupProbes::commit),
                        TOPIC_AUTHORIZATION_FAILED,
                        UNKNOWN_TOPIC_OR_PARTITION),
                Probe.of(
                        "ConsumerGroupHeartbeat",
                        GROUP,
                        READ,
                        each(GroupProbes::consumer),
                        UNKNOWN_MEMBER_ID,
                        GROUP_ID_NOT_FOUND),
                Probe.of(
                        "StreamsGroupHeartbeat",
                        GROUP,
                        READ,
                        each(GroupProbes::streams),
                        UNKNOWN_MEMBER_ID,
                        GROUP_ID_NOT_FOUND),
                Probe.of("OffsetDelete", GROUP, DELETE, each(GroupProbes::deleteOffsets), GROUP_ID_NOT_FOUND),
                Probe.of("DeleteGroups", GROUP, DELETE, GroupProbes::delete, GROUP_ID_NOT_FOUND)
                        .onlyWhereRefused(),
                Probe.of(
                        "DescribeConfigs",
                        GROUP,
                        DESCRIBE_CONFIGS,
                        (wire, names) -> ConfigProbes.describe(wire, ConfigProbes.GROUP_CONFIG, names)),
                Probe.of(
                        "IncrementalAlterConfigs",
                        GROUP,
                        ALTER_CONFIGS,
                        (wire, names) -> ConfigProbes.alter(wire, ConfigProbes.GROUP_CONFIG, names)));
    }

    static List<Probe> ofTransactions() {
        return List.of(
                Probe.of(
                        "FindCoordinator",
                        TRANSACTIONAL_ID,
                        DESCRIBE,
                        (wire, names) -> coordinators(wire, TRANSACTION_COORDINATOR, names)),
                Probe.of(
                        "DescribeTransactions",
                        TRANSACTIONAL_ID,
                        DESCRIBE,
                        GroupProbes::transactions,
                        TRANSACTIONAL_ID_NOT_FOUND),
                Probe.of(
                        "EndTxn",
                        TRANSACTIONAL_ID,
                        WRITE,
                        each(GroupProbes::end),
                        INVALID_PRODUCER_ID_MAPPING,
                        PRODUCER_FENCED,
                        INVALID_PRODUCER_EPOCH),
                Probe.of(
                        "AddPartitionsToTxn",
                        TRANSACTIONAL_ID,
                        WRITE,
                        each(GroupProbes::addPartition),
                        TOPIC_AUTHORIZATION_FAILED,
                        UNKNOWN_TOPIC_OR_PARTITION,
                        INVALID_PRODUCER_ID_MAPPING),
                Probe.of("InitProducerId", TRANSACTIONAL_ID, WRITE, each(GroupProbes::begin)));
    }

    private static BiFunction<PartyWire, List<String>, Map<String, Errors>> each(
            BiFunction<PartyWire, String, Short> one) {
        return (wire, names) -> {
            Map<String, Errors> answers = new TreeMap<>();
            names.forEach(name -> answers.put(name, Errors.forCode(one.apply(wire, name))));
            return answers;
        };
    }

    private static Map<String, Errors> coordinators(PartyWire wire, byte kind, List<String> names) {
        var request = new FindCoordinatorRequestData().setKeyType(kind).setCoordinatorKeys(names);
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.FIND_COORDINATOR, 4, request, FindCoordinatorResponseData.class)
                .coordinators()
                .forEach(found -> answers.put(found.key(), Errors.forCode(found.errorCode())));
        return answers;
    }

    private static Map<String, Errors> offsets(PartyWire wire, List<String> names) {
        var request = new OffsetFetchRequestData()
                .setGroups(names.stream()
                        .map(name ->
                                new OffsetFetchRequestGroup().setGroupId(name).setTopics(null))
                        .toList());
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.OFFSET_FETCH, 8, request, OffsetFetchResponseData.class)
                .groups()
                .forEach(group -> answers.put(group.groupId(), Errors.forCode(group.errorCode())));
        return answers;
    }

    private static Map<String, Errors> describe(PartyWire wire, List<String> names) {
        var request = new DescribeGroupsRequestData().setGroups(names);
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.DESCRIBE_GROUPS, 5, request, DescribeGroupsResponseData.class)
                .groups()
                .forEach(group -> answers.put(group.groupId(), Errors.forCode(group.errorCode())));
        return answers;
    }

    private static Map<String, Errors> delete(PartyWire wire, List<String> names) {
        var request = new DeleteGroupsRequestData().setGroupsNames(names);
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.DELETE_GROUPS, 2, request, DeleteGroupsResponseData.class)
                .results()
                .forEach(group -> answers.put(group.groupId(), Errors.forCode(group.errorCode())));
        return answers;
    }

    private static short heartbeat(PartyWire wire, String name) {
        var request =
                new HeartbeatRequestData().setGroupId(name).setGenerationId(1).setMemberId(STRANGER);
        return wire.ask(ApiKeys.HEARTBEAT, 4, request, HeartbeatResponseData.class)
                .errorCode();
    }

    private static short join(PartyWire wire, String name) {
        var request = new JoinGroupRequestData()
                .setGroupId(name)
                .setSessionTimeoutMs(6_000)
                .setRebalanceTimeoutMs(6_000)
                .setMemberId("")
                .setProtocolType("consumer");
        request.protocols().add(new JoinGroupRequestProtocol().setName("range").setMetadata(new byte[0]));
        return wire.ask(ApiKeys.JOIN_GROUP, 7, request, JoinGroupResponseData.class)
                .errorCode();
    }

    private static short commit(PartyWire wire, String name) {
        var request = new OffsetCommitRequestData()
                .setGroupId(name)
                .setTopics(List.of(new OffsetCommitRequestTopic()
                        .setName(NO_TOPIC)
                        .setPartitions(List.of(new OffsetCommitRequestPartition()
                                .setPartitionIndex(0)
                                .setCommittedOffset(0)))));
        return wire.ask(ApiKeys.OFFSET_COMMIT, 8, request, OffsetCommitResponseData.class)
                .topics()
                .getFirst()
                .partitions()
                .getFirst()
                .errorCode();
    }

    private static short consumer(PartyWire wire, String name) {
        var request = new ConsumerGroupHeartbeatRequestData()
                .setGroupId(name)
                .setMemberId(STRANGER)
                .setMemberEpoch(5);
        return wire.ask(ApiKeys.CONSUMER_GROUP_HEARTBEAT, 0, request, ConsumerGroupHeartbeatResponseData.class)
                .errorCode();
    }

    private static short streams(PartyWire wire, String name) {
        var request = new StreamsGroupHeartbeatRequestData()
                .setGroupId(name)
                .setMemberId(STRANGER)
                .setMemberEpoch(5);
        return wire.ask(ApiKeys.STREAMS_GROUP_HEARTBEAT, 0, request, StreamsGroupHeartbeatResponseData.class)
                .errorCode();
    }

    private static short deleteOffsets(PartyWire wire, String name) {
        var request = new OffsetDeleteRequestData().setGroupId(name);
        return wire.ask(ApiKeys.OFFSET_DELETE, 0, request, OffsetDeleteResponseData.class)
                .errorCode();
    }

    private static Map<String, Errors> transactions(PartyWire wire, List<String> names) {
        var request = new DescribeTransactionsRequestData().setTransactionalIds(names);
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.DESCRIBE_TRANSACTIONS, 0, request, DescribeTransactionsResponseData.class)
                .transactionStates()
                .forEach(found -> answers.put(found.transactionalId(), Errors.forCode(found.errorCode())));
        return answers;
    }

    private static short begin(PartyWire wire, String name) {
        var request = new InitProducerIdRequestData().setTransactionalId(name).setTransactionTimeoutMs(10_000);
        return wire.ask(ApiKeys.INIT_PRODUCER_ID, 4, request, InitProducerIdResponseData.class)
                .errorCode();
    }

    private static short end(PartyWire wire, String name) {
        var request = new EndTxnRequestData()
                .setTransactionalId(name)
                .setProducerId(987_654_321L)
                .setCommitted(false);
        return wire.ask(ApiKeys.END_TXN, 3, request, EndTxnResponseData.class).errorCode();
    }

    private static short addPartition(PartyWire wire, String name) {
        var request = new AddPartitionsToTxnRequestData()
                .setV3AndBelowTransactionalId(name)
                .setV3AndBelowProducerId(987_654_321L);
        request.v3AndBelowTopics()
                .add(new AddPartitionsToTxnTopic().setName(NO_TOPIC).setPartitions(List.of(0)));
        return wire.ask(ApiKeys.ADD_PARTITIONS_TO_TXN, 3, request, AddPartitionsToTxnResponseData.class)
                .resultsByTopicV3AndBelow()
                .iterator()
                .next()
                .resultsByPartition()
                .iterator()
                .next()
                .partitionErrorCode();
    }
}
