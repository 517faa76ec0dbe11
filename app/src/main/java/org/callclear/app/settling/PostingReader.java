package org.callclear.app.settling;

import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.net.Books;

/** Reads the committed postings from beginning to end, once, into books. */
public final class PostingReader {
    private PostingReader() {}

    /**
     * Fills the books.
     *
     * @param books empty ones
     * @throws SettlingException when the postings cannot be read to their end, or one of them cannot be understood:
     *     a sum without it would be wrong
     */
    public static Books read(KafkaAccess access, Books books) {
        WholeTopic.read(access, Topic.POSTINGS, record -> books.add(WholeTopic.only(LedgerEntry.class, record)));
        return books;
    }
}
