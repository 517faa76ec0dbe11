package org.callclear.app.replaying;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.app.archive.ArchiveLog;
import org.callclear.app.archive.ArchivedRecords;
import org.callclear.app.settling.Statements;
import org.callclear.app.settling.WholeTopic;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.replay.JournalLog;

/** Where a replay finds what it reads: in Kafka, or in archives. */
public interface ReplaySource {
    /** The statements that were published, by carrier and sequence. */
    List<Statement> statements();

    /**
     * The journal as it is now.
     *
     * @throws IOException when it cannot be read
     */
    JournalLog journal() throws IOException;

    /** The entries of the books. */
    void postings(Consumer<SpecificRecord> taker);

    /**
     * Those in Kafka.
     *
     * @param access of a party that may read the journal, statements and postings
     */
    static ReplaySource in(KafkaAccess access) {
        return new ReplaySource() {
            @Override
            public List<Statement> statements() {
                return Statements.all(access);
            }

            @Override
            public JournalLog journal() throws IOException {
                return KafkaJournal.now(access);
            }

            @Override
            public void postings(Consumer<SpecificRecord> taker) {
                WholeTopic.read(access, Topic.POSTINGS, taker);
            }
        };
    }

    /** Those in a directory of archives: no Kafka is needed, and no key to the numbers, which settlement only compares. */
    static ReplaySource in(Path archives) {
        return new ReplaySource() {
            @Override
            public List<Statement> statements() {
                List<Statement> statements = new ArrayList<>();
                ArchivedRecords.read(archives, Topic.STATEMENTS.pattern().asMatchPredicate(), record -> {
                    if (record instanceof Statement statement) {
                        statements.add(statement);
                    }
                });
                statements.sort(Comparator.comparing(Statement::getCarrier).thenComparingLong(Statement::getSequence));
                return statements;
            }

            @Override
            public JournalLog journal() {
                return ArchiveLog.open(archives, null);
            }

            @Override
            public void postings(Consumer<SpecificRecord> taker) {
                ArchivedRecords.read(archives, Topic.POSTINGS.topic()::equals, taker);
            }
        };
    }
}
