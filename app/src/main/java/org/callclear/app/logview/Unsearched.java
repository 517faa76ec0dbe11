package org.callclear.app.logview;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.callclear.schemas.topics.Topic;

/** What a search for a call left out, and why, in sentences: nothing found there does not mean that nothing is there. */
final class Unsearched {
    private final ReadableTopics topics;
    private final List<TopicPattern> asked;
    private final List<String> sentences = new ArrayList<>();

    private Unsearched(ReadableTopics topics, List<TopicPattern> asked) {
        this.topics = topics;
        this.asked = asked;
    }

    /**
     * All of it.
     *
     * @param patterns the topics that were asked for; none for all
     * @param families those that can be searched for a call
     */
    static List<String> of(ReadableTopics topics, List<String> patterns, Set<Topic> families) {
        Unsearched left =
                new Unsearched(topics, patterns.stream().map(TopicPattern::new).toList());
        Arrays.stream(Topic.values()).filter(families::contains).forEach(left::look);
        patterns.forEach(pattern -> left.look(pattern, families));
        left.lookAtOutcomes();
        return left.sentences;
    }

    private void look(Topic family) {
        if (!isAskedFor(family)) {
            return;
        }
        List<String> open = topics.of(family);
        if (open.isEmpty()) {
            sentences.add(
                    family.template() + " (" + records(family) + "): '" + topics.principal() + "' may not read it");
        } else if (topics.onlyOwn(family) && isAskedInAll(family)) {
            sentences.add(family.template() + " (" + records(family) + "): '" + topics.principal() + "' may read only "
                    + String.join(", ", open));
        }
    }

    private boolean isAskedFor(Topic family) {
        return asked.isEmpty() || asked.stream().anyMatch(pattern -> pattern.mayMean(family));
    }

    /** Whether more was asked for than a topic by its whole name. */
    private boolean isAskedInAll(Topic family) {
        return asked.isEmpty() || asked.stream().anyMatch(pattern -> pattern.isOpen() && pattern.mayMean(family));
    }

    private static String records(Topic family) {
        return family.records().stream().map(schema -> schema.getName()).collect(Collectors.joining(", "));
    }

    private void look(String pattern, Set<Topic> families) {
        if (families.stream().noneMatch(new TopicPattern(pattern)::mayMean)) {
            sentences.add(pattern + ": its records name no call");
        }
    }

    private void lookAtOutcomes() {
        if (isAskedFor(Topic.COMMAND_OUTCOMES)
                && !isAskedFor(Topic.COMMANDS)
                && !isAskedFor(Topic.SETTLEMENT_JOURNAL)) {
            sentences.add(Topic.COMMAND_OUTCOMES.topic() + ": searched only along with " + Topic.COMMANDS.topic()
                    + ", which say whose they are");
        }
    }
}
