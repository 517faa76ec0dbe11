package org.callclear.app.stack;

import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CLUSTER_ACTION;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.IDEMPOTENT_WRITE;
import static org.apache.kafka.common.protocol.Errors.BROKER_ID_NOT_REGISTERED;
import static org.apache.kafka.common.protocol.Errors.ELECTION_NOT_NEEDED;
import static org.apache.kafka.common.protocol.Errors.INVALID_REQUEST;
import static org.apache.kafka.common.protocol.Errors.NO_REASSIGNMENT_IN_PROGRESS;
import static org.apache.kafka.common.protocol.Errors.RESOURCE_NOT_FOUND;
import static org.apache.kafka.common.resource.ResourceType.CLUSTER;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.AlterClientQuotasRequestData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.EntityData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.EntryData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.OpData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.AlterUserScramCredentialsRequestData;
import org.apache.kafka.common.message.AlterUserScramCredentialsRequestData.ScramCredentialDeletion;
import org.apache.kafka.common.message.AlterUserScramCredentialsResponseData;
import org.apache.kafka.common.message.CreateAclsRequestData;
import org.apache.kafka.common.message.CreateAclsRequestData.AclCreation;
import org.apache.kafka.common.message.CreateAclsResponseData;
import org.apache.kafka.common.message.DeleteAclsRequestData;
import org.apache.kafka.common.message.DeleteAclsRequestData.DeleteAclsFilter;
import org.apache.kafka.common.message.DeleteAclsResponseData;
import org.apache.kafka.common.message.DescribeAclsRequestData;
import org.apache.kafka.common.message.DescribeAclsResponseData;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData.UserName;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.UnregisterBrokerRequestData;
import org.apache.kafka.common.message.UnregisterBrokerResponseData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.message.UpdateFeaturesResponseData;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarker;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarkerTopic;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** What can be asked of the cluster as a whole: access rules, quotas, brokers' settings, and what brokers ask of each other. */
final class ClusterProbes {
    /** The name that Kafka gives the cluster as a resource. */
    static final String NAME = "kafka-cluster";

    private static final byte ANY = 1;
    private static final byte TOPIC = 2;
    private static final byte LITERAL = 3;
    private static final byte READ = 3;
    private static final byte ALLOW = 3;
    private static final String NOBODY = "User:nobody-there";
    private static final String NOTHING = "nothing-there";

    private ClusterProbes() {}

    static List<Probe> all() {
        return List.of(
                one("DescribeAcls", DESCRIBE, ClusterProbes::describeAcls),
                one("CreateAcls", ALTER, ClusterProbes::createAcls),
                one("DeleteAcls", ALTER, ClusterProbes::deleteAcls),
                one("DescribeClientQuotas", DESCRIBE_CONFIGS, ClusterProbes::describeQuotas),
                one("AlterClientQuotas", ALTER_CONFIGS, ClusterProbes::alterQuotas),
                one(
                        "DescribeConfigs of a broker",
                        DESCRIBE_CONFIGS,
                        wire -> brokers(ConfigProbes.describe(wire, ConfigProbes.BROKER_CONFIG, List.of("1")))),
                one(
                        "IncrementalAlterConfigs of a broker",
                        ALTER_CONFIGS,
                        wire -> brokers(ConfigProbes.alter(wire, ConfigProbes.BROKER_CONFIG, List.of("1")))),
                one("ListPartitionReassignments", DESCRIBE, ClusterProbes::listMoves),
                one("AlterPartitionReassignments", ALTER, ClusterProbes::alterMoves, NO_REASSIGNMENT_IN_PROGRESS),
                one("ElectLeaders", ALTER, ClusterProbes::elect, ELECTION_NOT_NEEDED),
                one("DescribeLogDirs", DESCRIBE, ClusterProbes::logDirectories),
                one("DescribeUserScramCredentials", DESCRIBE, ClusterProbes::describePasswords),
                one("AlterUserScramCredentials", ALTER, ClusterProbes::alterPasswords, RESOURCE_NOT_FOUND),
                one("UpdateFeatures", ALTER, ClusterProbes::features, INVALID_REQUEST),
                one("UnregisterBroker", ALTER, ClusterProbes::unregister, BROKER_ID_NOT_REGISTERED),
                one("InitProducerId without a transactional id", IDEMPOTENT_WRITE, ClusterProbes::idempotence),
                one("WriteTxnMarkers", CLUSTER_ACTION, ClusterProbes::markers).onlyWhereRefused());
    }

    private static Probe one(String api, AclOperation operation, ToIntFunction<PartyWire> ask, Errors... letIn) {
        return Probe.of(
                api,
                CLUSTER,
                operation,
                (wire, names) -> Map.of(NAME, Errors.forCode((short) ask.applyAsInt(wire))),
                letIn);
    }

    private static short brokers(Map<String, Errors> answers) {
        return answers.values().iterator().next().code();
    }

    private static short describeAcls(PartyWire wire) {
        var request = new DescribeAclsRequestData()
                .setResourceTypeFilter(ANY)
                .setPatternTypeFilter(ANY)
                .setOperation(ANY)
                .setPermissionType(ANY);
        return wire.ask(ApiKeys.DESCRIBE_ACLS, 3, request, DescribeAclsResponseData.class)
                .errorCode();
    }

    private static short createAcls(PartyWire wire) {
        var request = new CreateAclsRequestData()
                .setCreations(List.of(new AclCreation()
                        .setResourceType(TOPIC)
                        .setResourceName(NOTHING)
                        .setResourcePatternType(LITERAL)
                        .setPrincipal(NOBODY)
                        .setHost("*")
                        .setOperation(READ)
                        .setPermissionType(ALLOW)));
        return wire.ask(ApiKeys.CREATE_ACLS, 3, request, CreateAclsResponseData.class)
                .results()
                .getFirst()
                .errorCode();
    }

    private static short deleteAcls(PartyWire wire) {
        var request = new DeleteAclsRequestData()
                .setFilters(List.of(new DeleteAclsFilter()
                        .setResourceTypeFilter(TOPIC)
                        .setResourceNameFilter(NOTHING)
                        .setPatternTypeFilter(LITERAL)
                        .setPrincipalFilter(NOBODY)
                        .setHostFilter("*")
                        .setOperation(READ)
                        .setPermissionType(ALLOW)));
        return wire.ask(ApiKeys.DELETE_ACLS, 3, request, DeleteAclsResponseData.class)
                .filterResults()
                .getFirst()
                .errorCode();
    }

    private static short describeQuotas(PartyWire wire) {
        return wire.ask(
                        ApiKeys.DESCRIBE_CLIENT_QUOTAS,
                        1,
                        new DescribeClientQuotasRequestData(),
                        DescribeClientQuotasResponseData.class)
                .errorCode();
    }

    private static short alterQuotas(PartyWire wire) {
        var request = new AlterClientQuotasRequestData()
                .setValidateOnly(true)
                .setEntries(List.of(new EntryData()
                        .setEntity(
                                List.of(new EntityData().setEntityType("user").setEntityName("proxy.acme")))
                        .setOps(List.of(
                                new OpData().setKey("producer_byte_rate").setValue(1e12)))));
        return wire.ask(ApiKeys.ALTER_CLIENT_QUOTAS, 1, request, AlterClientQuotasResponseData.class)
                .entries()
                .getFirst()
                .errorCode();
    }

    private static short listMoves(PartyWire wire) {
        var request = new ListPartitionReassignmentsRequestData().setTopics(null);
        return wire.ask(ApiKeys.LIST_PARTITION_REASSIGNMENTS, 0, request, ListPartitionReassignmentsResponseData.class)
                .errorCode();
    }

    private static short alterMoves(PartyWire wire) {
        return wire.ask(
                        ApiKeys.ALTER_PARTITION_REASSIGNMENTS,
                        0,
                        new AlterPartitionReassignmentsRequestData(),
                        AlterPartitionReassignmentsResponseData.class)
                .errorCode();
    }

    private static short elect(PartyWire wire) {
        var request = new ElectLeadersRequestData().setTopicPartitions(null).setTimeoutMs(10_000);
        return wire.ask(ApiKeys.ELECT_LEADERS, 2, request, ElectLeadersResponseData.class)
                .errorCode();
    }

    private static short logDirectories(PartyWire wire) {
        var request = new DescribeLogDirsRequestData().setTopics(null);
        return wire.ask(ApiKeys.DESCRIBE_LOG_DIRS, 4, request, DescribeLogDirsResponseData.class)
                .errorCode();
    }

    private static short describePasswords(PartyWire wire) {
        // Not for all users: that a broker of 4.3.1 cannot refuse, it closes nothing and answers nothing.
        var request = new DescribeUserScramCredentialsRequestData().setUsers(List.of(new UserName().setName("nobody")));
        return wire.ask(
                        ApiKeys.DESCRIBE_USER_SCRAM_CREDENTIALS,
                        0,
                        request,
                        DescribeUserScramCredentialsResponseData.class)
                .errorCode();
    }

    private static short alterPasswords(PartyWire wire) {
        var request = new AlterUserScramCredentialsRequestData()
                .setDeletions(
                        List.of(new ScramCredentialDeletion().setName("nobody").setMechanism((byte) 1)));
        return wire.ask(ApiKeys.ALTER_USER_SCRAM_CREDENTIALS, 0, request, AlterUserScramCredentialsResponseData.class)
                .results()
                .getFirst()
                .errorCode();
    }

    private static short features(PartyWire wire) {
        var request = new UpdateFeaturesRequestData().setValidateOnly(true);
        return wire.ask(ApiKeys.UPDATE_FEATURES, 1, request, UpdateFeaturesResponseData.class)
                .errorCode();
    }

    private static short unregister(PartyWire wire) {
        var request = new UnregisterBrokerRequestData().setBrokerId(999);
        return wire.ask(ApiKeys.UNREGISTER_BROKER, 0, request, UnregisterBrokerResponseData.class)
                .errorCode();
    }

    private static short idempotence(PartyWire wire) {
        var request = new InitProducerIdRequestData().setTransactionalId(null).setTransactionTimeoutMs(10_000);
        return wire.ask(ApiKeys.INIT_PRODUCER_ID, 4, request, InitProducerIdResponseData.class)
                .errorCode();
    }

    private static short markers(PartyWire wire) {
        var request = new WriteTxnMarkersRequestData()
                .setMarkers(List.of(new WritableTxnMarker()
                        .setProducerId(987_654_321L)
                        .setTopics(List.of(new WritableTxnMarkerTopic()
                                .setName("settlement-journal")
                                .setPartitionIndexes(List.of(0))))));
        return wire.ask(ApiKeys.WRITE_TXN_MARKERS, 1, request, WriteTxnMarkersResponseData.class)
                .markers()
                .getFirst()
                .topics()
                .getFirst()
                .partitions()
                .getFirst()
                .errorCode();
    }

    /** All that the broker says a party may do with the cluster, in Kafka's bits. */
    static int operations(PartyWire wire) {
        var request = new DescribeClusterRequestData().setIncludeClusterAuthorizedOperations(true);
        return wire.ask(ApiKeys.DESCRIBE_CLUSTER, 1, request, DescribeClusterResponseData.class)
                .clusterAuthorizedOperations();
    }
}
