package org.callclear.app.logview;

import java.util.regex.Pattern;
import org.callclear.schemas.topics.Topic;

/** A topic as people name it: a {@code *} stands for any part of the name. */
final class TopicPattern {
    private static final String ANY = "*";

    private final String text;
    private final Pattern names;

    TopicPattern(String text) {
        this.text = text.replaceAll("\\*+", ANY);
        this.names = Pattern.compile(Pattern.quote(text).replace(ANY, "\\E[a-z0-9.-]*\\Q"));
    }

    /** Whether it means this topic. */
    boolean matches(String topic) {
        return names.matcher(topic).matches();
    }

    /** Whether it can mean more topics than one. */
    boolean isOpen() {
        return text.contains(ANY);
    }

    /** Whether it means topics of a family, whichever carriers and gateways there are. */
    boolean mayMean(Topic family) {
        return meet(text, family.template().replace("<id>", ANY));
    }

    /** Whether there is a name that both mean. */
    private static boolean meet(String one, String other) {
        if (one.startsWith(ANY)) {
            return meet(one.substring(1), other) || (!other.isEmpty() && meet(one, other.substring(1)));
        }
        if (other.startsWith(ANY)) {
            return meet(other, one);
        }
        if (one.isEmpty() || other.isEmpty()) {
            return one.equals(other);
        }
        return one.charAt(0) == other.charAt(0) && meet(one.substring(1), other.substring(1));
    }
}
