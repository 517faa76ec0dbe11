package org.callclear.app.command;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.callclear.app.logview.LogTail;
import org.callclear.app.logview.RecordJson;
import org.jspecify.annotations.Nullable;

/** Prints records of topics as they come. */
final class TopicFollowing {
    static final String END = "END";
    private static final String BEGIN = "BEGIN";

    private final LogAccess access;
    private final List<String> topics;

    TopicFollowing(LogAccess access, List<String> topics) {
        this.access = access;
        this.topics = topics;
    }

    /**
     * Where to begin.
     *
     * @param since record time; null for the end
     */
    record Start(@Nullable Instant since) {}

    /** @throws CommandException when the text names no place to begin */
    static Start start(String from) {
        return switch (from) {
            case END -> new Start(null);
            case BEGIN -> new Start(Instant.EPOCH);
            default -> {
                if (from.isEmpty() || !Character.isDigit(from.charAt(0))) {
                    throw new CommandException("--from '" + from + "': must be END, BEGIN, a day, such as 2026-11-01,"
                            + " or an instant of RFC 3339, such as 2026-11-01T00:00:00Z");
                }
                yield new Start(TimeBound.parse("--from", from).at(ZoneOffset.UTC));
            }
        };
    }

    /** Until so many are printed, or nobody reads what is printed. */
    int run(Terminal terminal, Start start, @Nullable Long count) {
        RecordJson json = access.json();
        long[] left = {count == null ? Long.MAX_VALUE : count};
        try (LogTail tail = access.follow(topics, start.since())) {
            tail.follow(record -> {
                terminal.print(json.of(record));
                left[0]--;
                return left[0] > 0 && !terminal.out().checkError();
            });
        }
        return 0;
    }
}
