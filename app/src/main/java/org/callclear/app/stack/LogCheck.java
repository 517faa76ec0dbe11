package org.callclear.app.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.callclear.schemas.topics.Topic;

/**
 * Looks for damage that Kafka would mend by cutting the log off there, with all that was acknowledged behind it. Only the
 * end of a log may be incomplete: that is what a kill leaves of a batch nobody was told of.
 *
 * <p>Of each log the last segment is read, so that the time of a start is bounded: Kafka looks at no other either, but
 * for those it did not come to write out before a kill.
 */
final class LogCheck {
    private static final String METADATA = "__cluster_metadata-0";
    private static final String CLEAN = ".kafka_cleanshutdown";
    private static final Pattern SEGMENT = Pattern.compile("[0-9]{20}\\.log");
    private static final Pattern MONEY = Pattern.compile("("
            + Stream.of(Topic.SETTLEMENT_JOURNAL, Topic.POSTINGS, Topic.CDRS)
                    .map(topic -> topic.pattern().pattern())
                    .reduce((some, more) -> some + "|" + more)
                    .orElseThrow()
            + ")-[0-9]+");

    private LogCheck() {}

    /**
     * Checks the metadata, without which no record can be found, and the logs that money is computed from; after a kill
     * all logs.
     *
     * @param place the broker's directory
     * @throws StackException naming the file and the position of the first damage
     */
    static void check(Path place) {
        boolean stoppedInOrder = Files.exists(place.resolve(CLEAN));
        try (Stream<Path> folders = Files.list(place)) {
            List<Path> logs = folders.filter(Files::isDirectory).sorted().toList();
            for (Path log : logs) {
                // The metadata is written on after Kafka has noted that it stopped in order, and always looked through.
                boolean metadata = log.endsWith(METADATA);
                if (!stoppedInOrder || metadata || MONEY.matcher(nameOf(log)).matches()) {
                    checkLast(log, !stoppedInOrder || metadata);
                }
            }
        } catch (IOException e) {
            throw new StackException(place + ": cannot be read (" + StackException.rootOf(e) + ")", e);
        }
    }

    /** Whether what stands there was written by a broker that was not stopped in order. */
    static boolean wasKilled(Path place) {
        return Files.isDirectory(place.resolve(METADATA)) && !Files.exists(place.resolve(CLEAN));
    }

    private static void checkLast(Path log, boolean mayBeTorn) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            Optional<Path> last = files.filter(
                            file -> SEGMENT.matcher(nameOf(file)).matches())
                    .sorted()
                    .reduce((earlier, later) -> later);
            if (last.isPresent()) {
                SegmentCheck.check(last.get(), mayBeTorn);
            }
        }
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }
}
