package org.callclear.app.stack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Settings of topics, groups and brokers: read, or changed for a trial only. */
final class ConfigProbes {
    static final Setting TOPIC_CONFIG = new Setting(ConfigResource.Type.TOPIC, "segment.ms", "86400000");
    static final Setting GROUP_CONFIG = new Setting(ConfigResource.Type.GROUP, "consumer.session.timeout.ms", "45000");
    static final Setting BROKER_CONFIG = new Setting(ConfigResource.Type.BROKER, "log.cleaner.threads", "1");

    private ConfigProbes() {}

    /** A setting, and a value that it may have. */
    record Setting(ConfigResource.Type type, String key, String value) {}

    static Map<String, Errors> describe(PartyWire wire, Setting setting, List<String> names) {
        DescribeConfigsRequestData request = new DescribeConfigsRequestData()
                .setResources(names.stream()
                        .map(name -> new DescribeConfigsResource()
                                .setResourceType(setting.type().id())
                                .setResourceName(name)
                                .setConfigurationKeys(List.of(setting.key())))
                        .toList());
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.DESCRIBE_CONFIGS, 4, request, DescribeConfigsResponseData.class)
                .results()
                .forEach(result -> answers.put(result.resourceName(), Errors.forCode(result.errorCode())));
        return answers;
    }

    static Map<String, Errors> alter(PartyWire wire, Setting setting, List<String> names) {
        IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData().setValidateOnly(true);
        for (String name : names) {
            AlterConfigsResource resource = new AlterConfigsResource()
                    .setResourceType(setting.type().id())
                    .setResourceName(name);
            resource.configs()
                    .add(new AlterableConfig()
                            .setName(setting.key())
                            .setConfigOperation((byte) 0)
                            .setValue(setting.value()));
            request.resources().add(resource);
        }
        Map<String, Errors> answers = new TreeMap<>();
        wire.ask(ApiKeys.INCREMENTAL_ALTER_CONFIGS, 1, request, IncrementalAlterConfigsResponseData.class)
                .responses()
                .forEach(result -> answers.put(result.resourceName(), Errors.forCode(result.errorCode())));
        return answers;
    }
}
