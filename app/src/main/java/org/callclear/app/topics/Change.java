package org.callclear.app.topics;

import java.util.Map;
import org.apache.avro.Schema;
import org.callclear.schemas.topics.Catalogue.AccessRule;
import org.callclear.schemas.topics.Catalogue.TopicSpec;
import org.callclear.schemas.topics.Quota;

/** One step towards the catalogue. None removes a record. */
public sealed interface Change {
    /** One line for people. */
    String describe();

    /** A topic that is not there yet. */
    record CreateTopic(TopicSpec spec) implements Change {
        @Override
        public String describe() {
            return "create topic " + spec.name() + " with " + spec.partitions() + " partitions, " + spec.config();
        }
    }

    /** A topic whose configuration differs, with the keys that do. */
    record ConfigureTopic(String topic, Map<String, String> config) implements Change {
        @Override
        public String describe() {
            return "set on topic " + topic + ": " + config;
        }
    }

    /** A rule that is not there yet. */
    record AllowAccess(AccessRule rule) implements Change {
        @Override
        public String describe() {
            return "allow: " + rule;
        }
    }

    /** A rule for a party of ours that the catalogue does not have (any more). */
    record WithdrawAccess(AccessRule rule) implements Change {
        @Override
        public String describe() {
            return "withdraw: " + rule;
        }
    }

    /** A quota that is not there, or differs. */
    record LimitParty(Quota quota) implements Change {
        @Override
        public String describe() {
            return "limit: " + quota.party() + " to " + QuotaSettings.of(quota);
        }
    }

    /** A version of a record type that the registry does not know. */
    record RegisterSchema(Schema schema) implements Change {
        @Override
        public String describe() {
            return "register schema " + schema.getFullName();
        }
    }

    /** A record type whose changes the registry does not check as it should. */
    record RequireCompatibility(String subject) implements Change {
        @Override
        public String describe() {
            return "require FULL_TRANSITIVE compatibility of " + subject;
        }
    }
}
