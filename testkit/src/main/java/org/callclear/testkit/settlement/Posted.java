package org.callclear.testkit.settlement;

import java.math.BigDecimal;
import java.util.stream.Stream;
import org.callclear.schemas.avro.EntryKind;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.PostingKind;
import org.jspecify.annotations.Nullable;

/** A posting with the entry that it is in, for tests that look at one after the other. */
public record Posted(LedgerEntry entry, Posting posting) {
    /** The postings of an entry, in its order. */
    public static Stream<Posted> of(LedgerEntry entry) {
        return entry.getPostings().stream().map(posting -> new Posted(entry, posting));
    }

    /** The entry's. */
    public String entryId() {
        return entry.getEntryId();
    }

    /** The entry's. */
    public EntryKind entryKind() {
        return entry.getEntryKind();
    }

    /** The entry's. */
    public String refersTo() {
        return entry.getRefersTo();
    }

    /** The entry's. */
    public String cause() {
        return entry.getCause();
    }

    /** The entry's. */
    public String commandId() {
        return entry.getCommandId();
    }

    /** The entry's. */
    public String callId() {
        return entry.getCallId();
    }

    /** The entry's. */
    public int leg() {
        return entry.getLeg();
    }

    /** The posting's. */
    public String account() {
        return posting.getAccount();
    }

    /** The posting's. */
    public PostingKind kind() {
        return posting.getKind();
    }

    /** The posting's. */
    public String counterparty() {
        return posting.getCounterparty();
    }

    /** The posting's. */
    public BigDecimal amount() {
        return posting.getAmount();
    }

    /** The posting's. */
    public String currency() {
        return posting.getCurrency();
    }

    /** The posting's. */
    public String period() {
        return posting.getPeriod();
    }

    /** The posting's. */
    public @Nullable String originPeriod() {
        return posting.getOriginPeriod();
    }
}
