package org.callclear.bench.decode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.callclear.app.replaying.KafkaJournal;
import org.callclear.bench.journal.JournalWriter;
import org.callclear.bench.journal.Traffic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.settlement.replay.JournalReplay;
import org.callclear.settlement.replay.Replayed;
import org.callclear.settlement.replay.Wanted;
import org.callclear.settlement.replay.Watcher;
import org.callclear.settlement.statement.CoveredPeriods;

/** The child process that replays the statement of the first carrier. */
public final class ReplayRun {
    private static final int WORKERS = 2;

    private ReplayRun() {}

    /**
     * Replays once.
     *
     * @param args the broker's address, and the file for the number of lines
     */
    public static void main(String[] args) throws IOException {
        KafkaAccess access = new KafkaAccess(args[0], "http://127.0.0.1:1", null);
        KafkaJournal journal = KafkaJournal.now(access, MemoryRegistry.open());
        List<Long> ends = LongStream.range(0, journal.partitions())
                .mapToObj(partition -> journal.end((int) partition) - 1)
                .toList();
        Wanted wanted = new Wanted(Traffic.carriers().getFirst(), CoveredPeriods.only(JournalWriter.PERIOD), ends);
        Replayed replayed = new JournalReplay(journal, Duration.ofMinutes(5), WORKERS, Watcher.NONE).statement(wanted);
        Files.writeString(Path.of(args[1]), Long.toString(replayed.leaves()));
    }
}
