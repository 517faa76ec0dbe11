package org.callclear.app.archive;

import java.util.List;
import java.util.Optional;
import org.callclear.schemas.topics.Topic;

/**
 * Which topics go into an archive. What is not named here never does: tokens, set-ups, limits and anything private are on
 * other topics.
 */
final class ArchivedTopics {
    private static final List<Topic> EVIDENCE = List.of(
            Topic.COMMANDS,
            Topic.COMMAND_OUTCOMES,
            Topic.CDR_REJECTED,
            Topic.RECONCILED_CALLS,
            Topic.DISPUTES,
            Topic.CALL_ATTEMPTS,
            Topic.POSTINGS,
            Topic.CDRS,
            Topic.STATEMENTS);

    private static final List<Topic> STATE = List.of(
            Topic.CARRIERS, Topic.GATEWAYS, Topic.CONTRACTS, Topic.RATE_DECKS, Topic.TOKEN_KEYS, Topic.STATEMENT_KEYS);

    private ArchivedTopics() {}

    /** Why a topic is in an archive, and so how much of it. */
    enum Kind {
        /** What statements follow from: from the barrier before to the period's own. */
        JOURNAL,
        /** What belongs to that time: from where the last archive ended to the end there was. */
        EVIDENCE,
        /** What held at that time: all that the topic has. */
        STATE;

        /** The word in a manifest. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What a topic is in an archive for; empty when it does not go into any. */
    static Optional<Kind> kind(String topic) {
        if (topic.equals(Topic.SETTLEMENT_JOURNAL.topic())) {
            return Optional.of(Kind.JOURNAL);
        }
        if (isAmong(EVIDENCE, topic)) {
            return Optional.of(Kind.EVIDENCE);
        }
        return isAmong(STATE, topic) ? Optional.of(Kind.STATE) : Optional.empty();
    }

    private static boolean isAmong(List<Topic> families, String topic) {
        return families.stream()
                .anyMatch(family -> family.pattern().matcher(topic).matches());
    }

    /** The carrier whose topic it is; empty for the topics of all. */
    static Optional<String> carrier(String topic) {
        for (Topic family : List.of(Topic.CDRS, Topic.STATEMENTS)) {
            var matcher = family.pattern().matcher(topic);
            if (matcher.matches()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }
}
