package org.callclear.app.topics;

import java.util.Optional;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.callclear.schemas.topics.Catalogue.AccessRule;
import org.callclear.schemas.topics.Catalogue.Operation;
import org.callclear.schemas.topics.Catalogue.Resource;
import org.callclear.schemas.topics.Party;

/** Rules of access in Kafka's words, and back. */
final class Acls {
    private static final String USER = "User:";
    private static final String ANY_HOST = "*";

    private Acls() {}

    static AclBinding binding(AccessRule rule) {
        PatternType pattern = rule.prefix() ? PatternType.PREFIXED : PatternType.LITERAL;
        ResourceType type = ResourceType.valueOf(rule.resource().name());
        AclOperation operation = AclOperation.valueOf(rule.operation().name());
        return new AclBinding(
                new ResourcePattern(type, rule.name(), pattern),
                new AccessControlEntry(USER + rule.party().commonName(), ANY_HOST, operation, AclPermissionType.ALLOW));
    }

    /** The rule a binding came from; empty for what no rule of ours can say, such as another program's principal. */
    static Optional<AccessRule> rule(AclBinding binding) {
        AccessControlEntry entry = binding.entry();
        if (!entry.principal().startsWith(USER)
                || !entry.host().equals(ANY_HOST)
                || entry.permissionType() != AclPermissionType.ALLOW) {
            return Optional.empty();
        }
        try {
            AccessRule rule = new AccessRule(
                    Party.parse(entry.principal().substring(USER.length())),
                    Resource.valueOf(binding.pattern().resourceType().name()),
                    binding.pattern().name(),
                    binding.pattern().patternType() == PatternType.PREFIXED,
                    Operation.valueOf(entry.operation().name()));
            return Optional.of(rule);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
